export interface CodeInfo {
  language: string;
  fileName: string | undefined;
}

/** What stands after the opening fence: "python schedule.py", "ts title=\"a.ts\"", "python:schedule.py". */
export function readCodeInfo(info: string): CodeInfo {
  const [first = '', ...rest] = info.trim().split(/\s+/);
  const [language = '', attached] = first.replace(/^[{.]+|}$/g, '').split(':', 2);
  const named = /(?:title|file|filename|name)=(?:"([^"]+)"|'([^']+)'|(\S+))/.exec(info);
  const plain = rest.find((word) => /^[\w./\\-]+\.\w{1,8}$/.test(word));
  const path = attached ?? named?.[1] ?? named?.[2] ?? named?.[3] ?? plain;
  return { language: language.toLowerCase(), fileName: path?.split(/[/\\]/).at(-1) };
}

const extensions: Readonly<Record<string, string>> = {
  bash: 'sh', c: 'c', 'c#': 'cs', 'c++': 'cpp', cpp: 'cpp', cs: 'cs', csharp: 'cs', css: 'css', csv: 'csv', diff: 'diff', dockerfile: 'Dockerfile',
  go: 'go', html: 'html', java: 'java', javascript: 'js', js: 'js', json: 'json', jsx: 'jsx', kotlin: 'kt', lua: 'lua', markdown: 'md', md: 'md',
  php: 'php', powershell: 'ps1', py: 'py', python: 'py', r: 'r', ruby: 'rb', rust: 'rs', scss: 'scss', sh: 'sh', shell: 'sh', sql: 'sql',
  swift: 'swift', toml: 'toml', ts: 'ts', tsx: 'tsx', typescript: 'ts', xml: 'xml', yaml: 'yaml', yml: 'yml',
};

export const downloadName = ({ language, fileName }: CodeInfo) => fileName ?? `code.${extensions[language] ?? 'txt'}`;
