// Waiting for conditions that nobody tells of.

/** Waits until the condition holds, and throws after `limit` milliseconds. */
export async function until(condition, limit = 60_000) {
  const deadline = Date.now() + limit;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${limit} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
