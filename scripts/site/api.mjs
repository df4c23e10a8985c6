// The API's reference from the doc comments of the types: what a member is and does is written there and nowhere else.

/** The types' own names for what the environment has, or another entry exports -> what a reader knows it by. */
const KNOWN_AS = {
  EventHere: 'Event',
  MessageEventHere: 'MessageEvent',
  EventTargetHere: 'EventTarget',
  URLHere: 'URL',
  DisposableHere: 'Disposable',
  ListenerHere: 'EventListenerOrEventListenerObject',
  AddOptions: 'boolean | AddEventListenerOptions',
  RemoveOptions: 'boolean | EventListenerOptions',
  'MaybeLater<(\\w+)>': '$1 | PromiseLike<$1>',
  'ConstructorParameters<typeof StandardEventSource>\\[0\\]': 'string | URL',
  StandardEventSource: "import('eventsource-wasm').EventSource",
  StandardInit: "import('eventsource-wasm').EventSourceInit",
};

/**
 * @param {string} source a declaration file, with each comment before what it is about, on lines of their own
 * @returns {string} Markdown, with headings of the third level: each declaration that is exported and has a comment, and its members
 */
export function apiReference(source) {
  const out = [];
  let comment = [];
  let declaration = [];
  let isShown = false;
  for (const line of source.split('\n')) {
    if (comment.length && !comment.at(-1).includes('*/')) {
      comment.push(line);
    } else if (line.trim().startsWith('/**')) {
      comment = [line];
    } else if (line === '}' || line === '};') {
      isShown = false;
    } else if (line.trim() && !line.trim().startsWith('//')) {
      declaration.push(line);
      const isOuter = !/^\s/.test(declaration[0]);
      if (!isWhole(declaration, isOuter)) continue;
      if (isOuter) isShown = comment.length > 0 && declaration[0].startsWith('export ');
      if (isShown) out.push(...entry(declaration.join('\n'), text(comment), isOuter));
      // What is whole in its first lines has no members to come.
      if (isOuter && !declaration.at(-1).endsWith('{')) isShown = false;
      comment = [];
      declaration = [];
    }
  }
  // What has no comment stands with what follows it.
  return out.join('\n').replace(/```\n+```ts\n/g, '');
}

/** A member ends with its semicolon; what stands outside may end where its members begin, too. */
function isWhole(lines, isOuter) {
  const text = lines.join('\n');
  const open = [...text].reduce((depth, character) => depth + ('({['.includes(character) ? 1 : ')}]'.includes(character) ? -1 : 0), 0);
  return (open === 0 && /(;|\{\})$/.test(text)) || (isOuter && open === 1 && text.endsWith('{'));
}

function entry(declaration, text, isOuter) {
  const known = Object.entries(KNOWN_AS).reduce((code, [name, as]) => code.replaceAll(new RegExp(`\\b${name}(?!\\w)`, 'g'), as), declaration);
  const code = known.replace(/\s*\{$/, '').replace(/^( *)/, '').replaceAll(/\n {2}/g, '\n').replace(/^export /, '').replace(/^declare /, '');
  const block = ['```ts', code, '```', ''];
  if (!isOuter) return [...block, text, ''];
  const [first] = code.split('\n');
  return [`### \`${first.replace(/\s*[;:=&]$/, '')}\``, '', text, '', ...(first.endsWith('=') ? block : [])];
}

/** A comment's text: its tags as a list. */
function text(comment) {
  return comment
    .map((line) => line.replace(/^\s*\/\*\* ?|\s*\*\/\s*$/g, '').replace(/^\s*\* ?/, ''))
    .join('\n')
    .replace(/^@param\s+(?:\{[^}]*\}\s*)?(\w+)\s*/gm, '- `$1`: ')
    .replace(/(?<=\S) @default (.+)$/gm, ' Default: `$1`.')
    .replace(/^@(\w+)\s*(?:\{([^}]*)\}\s*)?/gm, (_, tag, type) => `- ${tag}${type ? ` \`${type}\`` : ''}: `)
    .replace(/^(?!- )(.+)\n- /gm, '$1\n\n- ')
    .replace(/\{@link\s+([^\s|}]+)[\s|]*([^}]*)\}/g, (_, target, name) => (/^https?:/.test(target) ? `[${name || target}](${target})` : `\`${name || target}\``))
    .trim();
}
