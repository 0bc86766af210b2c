export const languages = ['curl', 'openai', 'anthropic', 'javascript'] as const;
export type Language = (typeof languages)[number];

const question = 'What can you do?';

/**
 * A first call that works as it stands.
 * @param origin of the house: scheme, host and port.
 * @param secret the key, or where it goes.
 * @param model as `provider/model`.
 */
export function snippet(language: Language, origin: string, secret: string, model: string): string {
  switch (language) {
    case 'curl':
      return [`curl ${origin}/v1/chat/completions \\`, `  -H "Authorization: Bearer ${secret}" \\`, '  -H "Content-Type: application/json" \\', `  -d '${JSON.stringify({ model, messages: [{ role: 'user', content: question }] })}'`].join('\n');
    case 'openai':
      return ['from openai import OpenAI', '', `client = OpenAI(base_url="${origin}/v1", api_key="${secret}")`, 'answer = client.chat.completions.create(', `    model="${model}",`, `    messages=[{"role": "user", "content": "${question}"}],`, ')', 'print(answer.choices[0].message.content)'].join('\n');
    case 'anthropic':
      return ['from anthropic import Anthropic', '', `client = Anthropic(base_url="${origin}", api_key="${secret}")`, 'answer = client.messages.create(', `    model="${model}",`, '    max_tokens=1024,', `    messages=[{"role": "user", "content": "${question}"}],`, ')', 'print(answer.content[0].text)'].join('\n');
    case 'javascript':
      return ["import OpenAI from 'openai';", '', `const client = new OpenAI({ baseURL: '${origin}/v1', apiKey: '${secret}' });`, 'const answer = await client.chat.completions.create({', `  model: '${model}',`, `  messages: [{ role: 'user', content: '${question}' }],`, '});', 'console.log(answer.choices[0].message.content);'].join('\n');
  }
}

/** Names of models come from providers: only what cannot end a string of a program goes into one. */
export const safeModel = (model: string | undefined): string => (model !== undefined && /^[\w./:@+-]+$/.test(model) ? model : 'openai/gpt-5.4-mini');
