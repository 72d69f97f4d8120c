// A link brings the code after its #, which no server is sent. It goes into the field, and out of the address; and what
// is in the field goes along when the page is read in another language.
const field = document.getElementById("id_code");
const code = decodeURIComponent(location.hash.slice(1));
if (/^[0-9A-Za-z-]{12,14}$/.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
for (const link of document.querySelectorAll("[data-language]")) {
  link.addEventListener("click", () => (link.hash = field.value));
}
