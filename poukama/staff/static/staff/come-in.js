// A link brings the code after its #, which no server is sent. It goes into the field, and out of the address.
const field = document.getElementById("id_code");
const code = decodeURIComponent(location.hash.slice(1));
if (field && /^[0-9A-Za-z-]{12,14}$/.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
}
