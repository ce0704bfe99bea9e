// The search's worker: the theme's own, with a question in Swedish made wider before it is asked.
//
// The theme finds words that begin as the question does. A Swedish word ends in many ways ("licensen",
// "licenserna"), may change its vowel or lose one ("bok", "böcker"; "enkel", "enkla"), and stands last in
// longer words ("informationssäkerhet"). So each word of a question is asked for as it stands, by its stem
// at the beginning of words, and by its stem inside words, in that order of weight.
// The file name of the theme's worker follows the question mark in this file's address.

const WORDS = /[\p{L}\p{N}]+(?:[.'’-][\p{L}\p{N}]+)*/gu;
const HYPHEN = /(?<=..)-/u; // parts the words of "UX-utbildning", but not "e-post"
const ENDING = /(?<=...)(?:[aeo]?rna|ns|en|et|an|ar|er|or|na|a|e|n|t)?s?$/u;
const DOUBLE = /(?<=..)([b-df-hj-np-tv-z])\1$/u; // "programm(en)" is "program"
const VOWELS = [
  ["bok", "böck"],
  ["fot", "föt"],
  ["hand", "händ"],
  ["land", "länd"],
  ["stad", "städ"],
  ["tand", "tänd"],
];
const LETTERS = /^\p{L}+$/u;
const SHORTEST_INSIDE = 4;

/** @type {any} The theme's worker puts its search library here. */
const theme = self;

/** @param {string} word The word in lower case. @returns {string[]} What its other forms begin with. */
function stems(word) {
  if (!LETTERS.test(word)) return [word];
  const stem = word.replace(ENDING, "").replace(DOUBLE, "$1");
  const found = [stem];
  for (const pair of VOWELS)
    for (const [i, part] of pair.entries())
      if (stem.endsWith(part)) found.push(stem.slice(0, -part.length) + pair[1 - i]);
  if (/[^aeiouyåäö]e[lnr]$/.test(word)) found.push(word.replace(/e(?=.$)/, ""));
  if (/[^aeiouyåäölnr][lnr]$/.test(stem)) found.push(stem.replace(/(?=.$)/, "e"));
  return found;
}

/** @param {string} question What the reader wrote. @returns {string} The same for the theme's search. */
function widen(question) {
  const words = (question.toLocaleLowerCase("sv").match(WORDS) ?? []).flatMap((word) => word.split(HYPHEN));
  const telling = words.filter((word) => theme.lunr.sv.stopWordFilter(new theme.lunr.Token(word, {})));
  return (telling.length ? telling : words)
    .flatMap((word) => [
      `${word}^4`,
      ...stems(word).map((stem) => `${stem}*^2`),
      ...stems(word)
        .filter((stem) => LETTERS.test(stem) && stem.length >= SHORTEST_INSIDE)
        .map((stem) => `*${stem}`),
    ])
    .join(" ");
}

// The kinds of message that go to and come from the theme's worker.
const QUERY = 2;
const RESULT = 3;

const reply = postMessage.bind(self);
self.postMessage = (message) => {
  // The theme would say that the words we added are missing in a result.
  if (message.type === RESULT) for (const item of message.data.items.flat()) item.terms = {};
  reply(message);
};

addEventListener("message", (event) => {
  if (event.data.type === QUERY) event.data.data = widen(event.data.data);
});
importScripts(location.search.slice(1));
theme.lunr.QueryLexer.termSeparator = /\s/; // as the index does, not at every hyphen
