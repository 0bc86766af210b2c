import { Button } from '@mantine/core';
import { KeyIcon } from '@phosphor-icons/react/dist/csr/Key';
import { useQuery } from '@tanstack/react-query';
import type { HouseKeyList } from '@/api/money';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { SettingRow } from '@/shared/ui/SettingRow';
import { providersQuery } from '@/modules/gateway/queries';
import classes from './HouseKeys.module.css';
import { audienceOf, useAddHouseKey } from './queries';

/** Keys that stand in the settings of whoever runs the house; none is used before an admin takes it over. */
export function OfferedKeys({ offered }: { offered: NonNullable<HouseKeyList['offered']> }) {
  const t = useT();
  const text = useProblemText();
  const providers = useQuery(providersQuery).data;
  const add = useAddHouseKey();
  const take = ({ setting, provider }: (typeof offered)[number]) =>
    add.mutate({ provider, setting, audience: audienceOf(undefined) }, { onError: (error) => notify(text(error), { kind: 'bad' }), onSuccess: ({ name }) => notify(t('houseKeys.added', { name })) });
  return (
    <div className={`at-card ${classes.foot}`}>
      {offered.map((offer) => (
        <SettingRow key={offer.setting} icon={<KeyIcon size={18} aria-hidden />} title={offer.setting} text={t('houseKeys.offered', { provider: providers?.find(({ id }) => id === offer.provider)?.name ?? offer.provider })}>
          <Button size="xs" variant="default" loading={add.isPending} aria-label={t('houseKeys.takeOne', { setting: offer.setting })} onClick={() => take(offer)}>
            {t('houseKeys.take')}
          </Button>
        </SettingRow>
      ))}
    </div>
  );
}
