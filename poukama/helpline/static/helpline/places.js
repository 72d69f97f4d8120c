// Where things are, and how to act there.

export const HOME = "/s/puhelin";
export const contact = (id) => `${HOME}/${id}`;
export const verb = (id, name) => `${contact(id)}/${name}`;
const PATIENCE = 10000;

const ID = /^\/s\/puhelin\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/;
export const contactIn = (path) => ID.exec(path)?.[1];

export const tokenIn = (page) => page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

// Do something: "done", "unreached" if the server was not there, "signed_out", or "refused".
export async function act(path, token, fields) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, ...fields });
  try {
    const answer = await fetch(path, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    // What is done leads on; what is refused is shown in words.
    if (answer.type === "opaqueredirect") return "done";
    if (answer.status === 401) return "signed_out";
    return answer.status >= 500 ? "unreached" : "refused";
  } catch {
    return "unreached";
  }
}

// A page as it is on the server now, or why there is none. A script asks, and that is nobody at work.
export async function read(path) {
  try {
    const answer = await fetch(path, { cache: "no-store", headers: { "X-Quiet": "1" }, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status >= 500) return ["unreached"];
    if (answer.status === 401 || (answer.redirected && !new URL(answer.url).pathname.startsWith(HOME))) return ["signed_out"];
    if (!answer.ok) return ["refused"];
    return ["done", new DOMParser().parseFromString(await answer.text(), "text/html")];
  } catch {
    return ["unreached"];
  }
}
