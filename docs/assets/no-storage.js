// The theme reads and writes the browser's storage through these three globals.
// Here they remember nothing, so that no page of the site can store anything.
window.__md_scope = new URL(document.currentScript.dataset.base, location.href)
window.__md_get = () => null
window.__md_set = () => {}
