import { Kbd } from '@mantine/core';
import { useT } from '@/shared/i18n/language';
import { keyMap, keyName } from './keyMap';
import classes from './KeyTable.module.css';

export function KeyTable() {
  const t = useT();
  return (
    <div className={classes.groups}>
      {keyMap.map(({ name, keys }) => (
        <section key={name}>
          <h3>{t(name)}</h3>
          <dl className={classes.keys}>
            {keys.map(({ keys: each, does }) => (
              <div key={does}>
                <dt>
                  {each.map((key) => (
                    <Kbd key={key}>{keyName(key)}</Kbd>
                  ))}
                </dt>
                <dd>{t(does)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
