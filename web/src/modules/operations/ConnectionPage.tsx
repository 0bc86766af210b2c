import { Badge, Button, Skeleton, Stack } from '@mantine/core';
import { CheckCircleIcon } from '@phosphor-icons/react/dist/csr/CheckCircle';
import { WarningCircleIcon } from '@phosphor-icons/react/dist/csr/WarningCircle';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { Note } from '@/shared/ui/Note';
import { Section } from '@/shared/ui/Section';
import { SettingRow } from '@/shared/ui/SettingRow';
import { checkConnection, type Check } from './checkConnection';

const connectionQuery = queryOptions({
  queryKey: ['connection-check'],
  queryFn: ({ signal }) => checkConnection(signal),
  staleTime: 'static',
  retry: false,
});

/** Tells an operator whether what stands between browser and server does its part, and what to change where it does not. */
export function ConnectionPage() {
  const t = useT();
  const text = useProblemText();
  const { data, error, isFetching, refetch } = useQuery(connectionQuery);
  const again = (
    <Button variant="default" size="xs" loading={isFetching} onClick={() => void refetch()}>
      {t('operations.connection.again')}
    </Button>
  );
  return (
    <Section title={t('operations.connection')} text={t('operations.connection.text')} action={again}>
      {error !== null && <Note kind="bad" role="alert">{text(error)}</Note>}
      {error === null && data === undefined && <Skeleton height={380} radius="lg" aria-label={t('operations.connection.checking')} />}
      {data !== undefined && (
        <Stack gap="sm">
          <Note kind={data.checks.every(({ good }) => good) ? 'ok' : 'bad'} role="status">
            {data.checks.every(({ good }) => good) ? t('operations.connection.allGood') : t('operations.connection.someBad')}
          </Note>
          <div className="at-card">
            {data.checks.map((check) => (
              <CheckRow key={check.code} {...check} />
            ))}
          </div>
          <p className="at-meta">{t('operations.connection.seen', { address: data.address, scheme: data.scheme, host: data.host, publicUrl: data.publicUrl })}</p>
        </Stack>
      )}
    </Section>
  );
}

function CheckRow({ code, good }: Check) {
  const t = useT();
  const Icon = good ? CheckCircleIcon : WarningCircleIcon;
  return (
    <SettingRow
      icon={<Icon size={18} weight="fill" aria-hidden />}
      title={t(`operations.connection.${code}`)}
      text={t(good ? `operations.connection.${code}.good` : `operations.connection.${code}.bad`)}
    >
      <Badge color={good ? 'leaf' : 'red'} size="lg">
        {t(good ? 'operations.connection.good' : 'operations.connection.bad')}
      </Badge>
    </SettingRow>
  );
}
