// Answers to what a reader typed, from the index that index.py makes. Pure: it knows of no page.
//
// All words are folded: lower case, without the dots and rings of å, ä and ö. A word of the index is near a word of
// the question when it is the same, has the same stem, begins with it, is a part of it or has it as a part, or differs
// by one slip of a letter. The nearer, the more it counts, and more in a title than in a text.

import { stemmer } from "@orama/stemmers/swedish";
import MiniSearch from "minisearch";

/**
 * @typedef {{ place: string, label: string, text: string }} Passage
 * @typedef {{
 *   kind: string, url: string, title: string, text: string, names?: string[], id?: string | number,
 *   passages?: Passage[], expected?: Record<string, number>, unsure?: boolean,
 * }} Entry One thing that the search can answer with.
 * @typedef {{ kind: string, url: string, title: string, text: string }} Answer
 * @typedef {Map<string, number>} Near Words of the index → how near they are to a word of the question, up to 1.
 * @typedef {Record<string, string[]>} Match Words of the index → the fields of an entry that have them.
 */

const MOST = 8; // answers
const WORDS = 30; // of a question; more, as when a whole page is pasted, would keep the reader waiting
const LEAST = 0.15; // of the best answer's score; weaker ones are dropped
const SHORT = 4; // the shortest word that may be part of another, or have a slip in it
const LOOSE = 0.15; // words less near have nothing to do with each other
const SAID = 0.4; // how near words must be to name a role or level
const NAMED = 5; // what it counts that the question is one of the answer's names
const KINDS = new Map([
  ["Läraktivitet", 0.6],
  ["Ord", 0.6],
  ["Fråga", 0.9],
]); // what else there is counts 1
/** @type {Record<string, number>} */
const FIELDS = { title: 5, names: 3, kind: 1, text: 1, rest: 0.5 };
const DIGIT = /\d/;
const STOP = wordsOf(
  `alla att av bli blir de dem den denna det detta dig din dina ditt du där då efter eller en ett finns för få får från
  gör göra ha han har hon hur här i inte jag kan kommer kunna man med mig min mina mitt mot måste ni nu någon något när
  och om oss på sig ska skall skulle som så till under upp ut var vara varför vem vi vid vilka vilken vilket vill vad vår
  är a an and do for how i in is my of the to what`,
);

/** The text in lower case, without marks on letters. @param {string} text */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The words of a text; a number such as 6.7 is one. @param {string} text @returns {string[]} */
function wordsOf(text) {
  const folded = fold(text).replace(/(?<=\d),(?=\d)/g, ".");
  return folded.match(/\d+(?:\.\d+)*|[\p{L}\p{N}]+/gu) ?? [];
}

/** The words of a text for the index, those joined by a hyphen also as one. @param {string} text */
function indexed(text) {
  const joined = fold(text).match(/\p{L}+(?:-\p{L}+)+/gu) ?? [];
  return [...wordsOf(text), ...joined.map((word) => word.replaceAll("-", ""))];
}

/** The words that say what a question is about; all when none does. @param {string[]} words */
function telling(words) {
  const found = words.filter((word) => !STOP.includes(word));
  return found.length ? found : words;
}

/** Whether one letter is wrong, missing, added or swapped. @param {string} one @param {string} other */
function slip(one, other) {
  if (Math.abs(one.length - other.length) > 1 || Math.min(one.length, other.length) < SHORT) return false;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  const [a, b] = [one.slice(same), other.slice(same)];
  const swapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return swapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1);
}

/** How near a word and its stem are to a word of the index, 0 to 1. @param {string} word @param {string} stem @param {string} term */
function nearness(word, stem, term) {
  if (term === word) return 1;
  if (term === stem) return 0.8;
  if (DIGIT.test(word) || DIGIT.test(term)) return term.startsWith(word) ? 0.3 : 0;
  if (term.startsWith(stem) && stem.length > 1) return 0.7 * Math.sqrt(stem.length / term.length);
  if (stem.length >= SHORT && term.endsWith(stem)) return 0.45;
  if (slip(word, term) || slip(stem, term)) return SAID;
  if (stem.length > SHORT && term.includes(stem)) return 0.3;
  if (term.length < SHORT) return 0;
  const share = term.length / stem.length; // of a compound, what comes first says what it is about
  return stem.startsWith(term) ? 0.7 * share : stem.endsWith(term) ? 0.4 * share : 0;
}

/** The search in a list of entries: made once, asked many times. */
export class Search {
  /** @type {Map<string, string>} Words seen → their stems. */
  #stems = new Map();
  /** @type {Map<string, Near>} */
  #near = new Map();

  /** @param {Entry[]} entries */
  constructor(entries) {
    this.entries = entries;
    this.index = new MiniSearch({
      fields: Object.keys(FIELDS),
      idField: "at",
      tokenize: indexed,
      processTerm: (word) => [...new Set([word, this.#stem(word)])],
    });
    this.index.addAll(
      entries.map(({ kind, title, text, names, passages }, at) => {
        const rest = passages?.map((passage) => passage.text).join(" ");
        return { at, kind, title, text, names: names?.join(" "), rest };
      }),
    );
    this.vocabulary = new Set([...this.#stems].flat());
    this.names = entries.map(({ title, names = [] }) =>
      [title, title.replace(/^[\d.]+ /, ""), ...names].map((name) => this.#words(name)),
    );
  }

  /** The answers to a question, best first. @param {string} question */
  answers(question) {
    const words = this.#words(question);
    const asked = telling(words).map((word) => this.#nearTo(word));
    const role = this.#mentioned("Roll", asked);
    const level = this.#mentioned("Nivå", asked);
    const found = this.index.search([...new Set(asked.flatMap((near) => [...near.keys()]))].join(" "), {
      tokenize: (text) => text.split(" "),
      processTerm: (term) => term,
    });
    const fits = found.map(({ match }) => asked.map((near) => fit(near, match)));
    // Rare words weigh more than common ones.
    const weights = asked.map((_, i) => Math.log(1 + this.entries.length / (fits.filter((all) => all[i]).length || 1)));
    const scored = found.map(({ id, score, match }, at) => {
      const entry = this.entries[id];
      // A competence need not contain the words for a level or role: it answers them with its text.
      const given = entry.passages ? [role, level].flatMap((mention) => mention?.asked ?? []) : [];
      const open = asked.flatMap((near, i) => (given.includes(near) && given.length < asked.length ? [] : [i]));
      const total = open.reduce((sum, i) => sum + weights[i], 0);
      const mean = open.reduce((sum, i) => sum + weights[i] * fits[at][i], 0) / total;
      const name = this.#named(
        id,
        words,
        open.map((i) => asked[i]),
      );
      const whole = mean && (mean + NAMED * name) * (KINDS.get(entry.kind) ?? 1);
      return { at: id, entry, closest: closest(asked, match), score: whole, also: score };
    });
    scored.sort((one, other) => other.score - one.score || other.also - one.also || one.at - other.at);
    return scored
      .filter(({ score }) => score && score >= LEAST * scored[0].score)
      .slice(0, MOST)
      .map(({ entry, closest }) => shown(entry, closest, level?.entry, role?.entry));
  }

  /** @param {string} word @returns {string} */
  #stem(word) {
    // The stemmer does not know the ending of "trappan" and "nivån".
    const stem = this.#stems.get(word) ?? (DIGIT.test(word) ? word : stemmer(word.replace(/(?<=...)ans?$/, "a")));
    this.#stems.set(word, stem);
    return stem;
  }

  /** The words of a text; two that the index has as one become one. @param {string} text */
  #words(text) {
    const words = wordsOf(text).slice(0, WORDS);
    const found = [];
    while (words.length) {
      const [one, next = ""] = words;
      const both = /^\d \d$/.test(`${one} ${next}`) ? `${one}.${next}` : one + next;
      const apart = next && !STOP.includes(one) && !STOP.includes(next);
      const known = apart && (this.vocabulary.has(both) || this.vocabulary.has(this.#stem(both)));
      found.push(known ? both : one);
      words.splice(0, known ? 2 : 1);
    }
    return found;
  }

  /** @param {string} word @returns {Near} */
  #nearTo(word) {
    const known = this.#near.get(word);
    if (known) return known;
    const found = new Map();
    for (const term of this.vocabulary) {
      const near = nearness(word, this.#stem(word), term);
      if (near >= LOOSE) found.set(term, near);
    }
    this.#near.set(word, found);
    return found;
  }

  /** How near the question is to a name, word by word. @param {string[]} name @param {Near[]} asked */
  #said(name, asked) {
    if (name.length !== asked.length) return 0;
    return Math.min(...name.map((word, i) => Math.max(asked[i].get(word) ?? 0, asked[i].get(this.#stem(word)) ?? 0)));
  }

  /**
   * How near the question is to an entry's names; the first ones count more, and every word said most.
   * @param {number} at @param {string[]} words of the question @param {Near[]} asked
   */
  #named(at, words, asked) {
    const whole = words.join(" ");
    return Math.max(
      ...this.names[at].map((name, place) => {
        const near = this.#said(telling(name), asked) ** 2 / (1 + place / 100);
        return name.join(" ") === whole ? near + 1 : near;
      }),
    );
  }

  /** The entry of a kind that the question names, and by which words. @param {string} kind @param {Near[]} asked */
  #mentioned(kind, asked) {
    /** @type {{ entry: Entry, asked: Near[], near: number } | undefined} */
    let best;
    for (const [at, entry] of this.entries.entries()) {
      if (entry.kind !== kind) continue;
      for (const name of kind === "Roll" ? this.names[at].slice(0, 1) : this.names[at])
        for (let start = 0; start + name.length <= asked.length; start++) {
          const part = asked.slice(start, start + name.length);
          const near = this.#said(name, part);
          if (near >= SAID && near > (best?.near ?? 0)) best = { entry, asked: part, near };
        }
    }
    return best;
  }
}

/** How well a word of the question fits an entry. @param {Near} near @param {Match} match */
function fit(near, match) {
  let best = 0;
  for (const [term, fields] of Object.entries(match))
    for (const field of fields) best = Math.max(best, (near.get(term) ?? 0) * FIELDS[field]);
  return best;
}

/** The words of an entry that are nearest to one of the question. @param {Near[]} asked @param {Match} match */
function closest(asked, match) {
  return asked.flatMap((near) => {
    const most = Math.max(...Object.keys(match).map((term) => near.get(term) ?? 0));
    return Object.entries(match).filter(([term]) => most && near.get(term) === most);
  });
}

/**
 * The answer: a competence with the text that was asked for or, when only one of its texts has the words, with that.
 * @param {Entry} entry
 * @param {[string, string[]][]} closest words of the entry, and the fields that have them
 * @param {Entry | undefined} level that is asked about @param {Entry | undefined} role that is asked about
 * @returns {Answer}
 */
function shown({ kind, url, title, text, passages = [], expected = {}, unsure }, closest, level, role) {
  const theirs = role && expected[`${role.id}`];
  const asked = passages.find(({ place }) => place === `niva-${level?.id ?? theirs}`);
  let passage = asked;
  if (!passage && passages.length && closest.every(([_, fields]) => fields.every((field) => field === "rest"))) {
    /** @param {Passage} one */
    const held = (one) => closest.filter(([term]) => indexed(one.text).some((word) => word.startsWith(term))).length;
    passage = passages.reduce((best, one) => (held(one) > held(best) ? one : best));
  }
  if (!passage) return { kind, url, title, text };
  const whose = asked && role && theirs === (level?.id ?? theirs);
  const label = whose ? `Nivå ${theirs}${unsure ? "*" : ""}, förväntad för ${role.title.toLowerCase()}` : passage.label;
  return { kind, url: `${url}#${passage.place}`, title, text: `${label}: ${passage.text}` };
}
