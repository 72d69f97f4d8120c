// What is written and not yet on the server, sealed: each member has a key that no script can read, and it stays in
// this browser. A copy is {id, member, iv, sealed}; nothing else of it is on the disk. Its id is a contact's key, or the
// address that a form is sent to.

const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

let opening;
function opened() {
  opening ??= new Promise((done, failed) => {
    const request = indexedDB.open("poukama", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("copies", { keyPath: "id" });
      request.result.createObjectStore("keys");
    };
    request.onsuccess = () => {
      request.result.onclose = () => (opening = undefined);
      done(request.result);
    };
    request.onerror = () => {
      opening = undefined;
      failed(request.error);
    };
  });
  return opening;
}

// Strict: it is on the disk before it is said to be, for the power may go too.
async function within(mode, work) {
  const change = (await opened()).transaction(["copies", "keys"], mode, { durability: "strict" });
  const whole = new Promise((done, failed) => {
    change.oncomplete = done;
    change.onabort = () => failed(change.error);
  });
  const found = await work(change.objectStore("copies"), change.objectStore("keys"));
  await whole;
  return found;
}

// Stands among the keys while nobody is signed in, or the machine is locked.
const SHUT = "";
const SEAL = { name: "AES-GCM", length: 256 };
const sealing = (iv, member, id) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`${member}/${id}`) });

async function keyOf(member) {
  const fresh = await crypto.subtle.generateKey(SEAL, false, ["encrypt", "decrypt"]);
  return within("readwrite", async (_, keys) => {
    const known = await asked(keys.get(member));
    if (!known) keys.put(fresh, member);
    return known ?? fresh;
  });
}

// Keep what a member has written, in place of what was kept under that id. It is on the disk when this has ended.
export async function put(id, member, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const key = await within("readonly", (_, keys) => asked(keys.get(member)));
  const sealed = await crypto.subtle.encrypt(sealing(iv, member, id), key ?? (await keyOf(member)), plain);
  await within("readwrite", (copies) => copies.put({ id, member, iv, sealed }));
}

// Every contact that is kept and can be opened, as [{id, member, value}]: nothing while it is shut.
export const all = async () => (await everything()).filter(({ id }) => !id.startsWith("/"));

// What is kept under the address that a form is sent to, if it can be opened.
export const one = async (address) => (await everything()).find(({ id }) => id === address)?.value;

async function everything() {
  const read = async (copies, keys) => [await asked(copies.getAll()), await asked(keys.getAllKeys()), await asked(keys.getAll())];
  const [copies, names, values] = await within("readonly", read);
  const keys = new Map(names.map((name, at) => [name, values[at]]));
  if (keys.has(SHUT)) return [];
  const open = async ({ id, member, iv, sealed }) => {
    const plain = await crypto.subtle.decrypt(sealing(iv, member, id), keys.get(member), sealed);
    return { id, member, value: JSON.parse(new TextDecoder().decode(plain)) };
  };
  const tried = await Promise.allSettled(copies.map(open));
  return tried.filter((each) => each.status === "fulfilled").map((each) => each.value);
}

export const remove = (id) => within("readwrite", (copies) => void copies.delete(id));

// Keep the copies, and open none of them until `forget` has been told who is here.
export const shut = () => within("readwrite", (_, keys) => void keys.put(true, SHUT));

// Whose key lies here: the member's who was here last; "" if nobody's, or if it is shut.
export async function whose() {
  const names = await within("readonly", (_, keys) => asked(keys.getAllKeys()));
  return names.includes(SHUT) ? "" : (names[0] ?? "");
}

// Remove the copies and the keys of everybody but the member who is here; of everybody, if none is named.
export async function forget(member) {
  await within("readwrite", async (copies, keys) => {
    for (const copy of await asked(copies.getAll())) if (copy.member !== member) copies.delete(copy.id);
    for (const name of await asked(keys.getAllKeys())) if (name !== member) keys.delete(name);
  });
  if (member) await keyOf(member);
}
