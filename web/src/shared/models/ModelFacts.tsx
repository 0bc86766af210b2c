import type { Model } from '@/api/types';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import classes from './ModelFacts.module.css';

/** One model: its name, what a million tokens cost, what it can do. */
export function ModelFacts({ model }: { model: Model }) {
  const t = useT();
  const format = useFormat();
  const abilities = [
    model.contextTokens != null && t('assistant.models.context', { size: format.compact(model.contextTokens) }),
    model.vision && t('assistant.models.vision'),
    model.tools && t('assistant.models.tools'),
    model.reasoning && t('assistant.models.reasoning'),
    model.priceUnverified && t('assistant.models.priceUnverified'),
  ].filter((ability) => ability !== false);
  const { inputPrice, outputPrice } = model;
  const free = inputPrice != null && outputPrice != null && Number(inputPrice) === 0 && Number(outputPrice) === 0;
  return (
    <>
      <span className={classes.name}>{model.model}</span>
      <span className={classes.price}>
        {inputPrice == null || outputPrice == null ? (
          <span className="at-meta">{t('assistant.models.noPrice')}</span>
        ) : free ? (
          t('assistant.models.free')
        ) : (
          <span className="at-num">{t('assistant.models.price', { input: format.money(inputPrice), output: format.money(outputPrice) })}</span>
        )}
      </span>
      <span className={classes.abilities}>{abilities.join(' · ')}</span>
    </>
  );
}
