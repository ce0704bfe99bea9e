// Material's search worker matches beginnings of words, so an inflected question ("upphovsrätten")
// misses the plain word ("upphovsrätt"). This worker starts Material's, whose file name follows the
// question mark in our own address, and shortens each word of a question to its stem before handing it on.

const ENDINGS = [
  "arnas", "ornas", "ernas", "heterna", "heten", "heter",
  "arna", "orna", "erna", "ande", "ende",
  "ens", "ets", "ers", "ors", "ars", "nas",
  "en", "et", "er", "or", "ar", "na", "ns", "as", "es",
  "a", "e", "n", "t", "s",
]
// Words whose vowel changes in the plural, both ways.
const VOWELS = { bok: "böck", böcker: "bok", böckerna: "bok", hand: "händ", händer: "hand", stad: "städ", städer: "stad" }
const SHORTEST_STEM = 4

/** @param {string} word */
function stem(word) {
  const ending = ENDINGS.find(end => word.endsWith(end) && word.length - end.length >= SHORTEST_STEM)
  return ending ? word.slice(0, -ending.length) : word
}

/** @param {string} question */
function widen(question) {
  return question.split(/\s+/).map(word => {
    const lower = word.toLocaleLowerCase("sv")
    const other = VOWELS[/** @type {keyof typeof VOWELS} */ (lower)]
    if (other) return `${lower} ${other}`
    return /^[\p{L}-]+$/u.test(lower) ? stem(lower) : word
  }).join(" ")
}

const QUERY = 2
addEventListener("message", event => {
  if (event.data.type === QUERY) event.data.data = widen(event.data.data)
})
importScripts(location.search.slice(1))
