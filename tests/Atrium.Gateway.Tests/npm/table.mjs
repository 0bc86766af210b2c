// Runs operations against every provider at once and prints what came of each as one JSON object: { provider: { operation: "ok" | what went wrong } }.

/** @returns the targets and the address from the command line: address, key, targets as JSON. */
export function arguments_() {
  const [baseURL, apiKey, targets] = process.argv.slice(2);
  return { baseURL, apiKey, targets: JSON.parse(targets) };
}

export function expect(what, found, wanted) {
  if (found !== wanted) throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}

/** Expects a failure of a class and with a status. */
export async function refuses(work, name, status) {
  try {
    await work();
  } catch (error) {
    const found = error.statusCode ?? error.status ?? error.lastError?.statusCode;
    if (name) expect("error", error.constructor.name, name);
    if (status) expect("status", found, status);
    return;
  }
  throw new Error("nothing was refused");
}

export async function run(targets, operations) {
  const table = {};
  await Promise.all(targets.map(async (target) => {
    const cells = (table[target.provider] = {});
    for (const [name, operation] of Object.entries(operations)) {
      try {
        await operation(target);
        cells[name] = "ok";
      } catch (error) {
        cells[name] = `${error.constructor.name} ${error.statusCode ?? error.status ?? ""} ${error.message}`.slice(0, 400);
      }
    }
  }));
  console.log(JSON.stringify(table));
}
