// A conversation as the interfaces of language models have it: the question comes in the body of a POST, the answer goes out
// as a stream of its pieces. No model is here; the answer says so.

/** The longest part of a question that the answer repeats. */
const LONGEST = 200;

/**
 * @param {string} body a request's
 * @returns {string[] | undefined} what the user has said so far, the latest last; undefined: it is none of a conversation
 */
export function questionsOf(body) {
  try {
    const said = JSON.parse(body).messages.filter(({ role }) => role === 'user').map(({ content }) => String(content));
    return said.length ? said : undefined;
  } catch {
    return undefined;
  }
}

/** The answer's pieces, then the word that ends it. */
export async function* chat({ questions, sleep }) {
  for (const [content] of answerTo(questions).matchAll(/\s*\S{1,6}/g)) {
    yield `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
    await sleep(40);
  }
  yield 'data: [DONE]\n\n';
}

function answerTo(questions) {
  return `You asked: “${questions.at(-1).slice(0, LONGEST)}”, and that was question ${questions.length} of this conversation.

No language model is here: these words were ready before you asked. But they come as a model’s would. The conversation went up in the body of a POST, \
and the answer comes down as an event stream, a few characters in each event, until one says [DONE].

Stop closes the stream in the middle of a word.`;
}
