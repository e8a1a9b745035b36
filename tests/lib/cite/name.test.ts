import { describe, expect, test } from "vitest";
import { familyFirst, toName, toNames } from "@/lib/cite/name";

/** `given | particle | family | suffix`, without what is empty at the end; a literal name in brackets. */
function divided(text: string): string {
  const name = toName(text);
  if ("literal" in name) return `[${name.literal}]`;
  return [name.given, name.particle, name.family, name.suffix].map((part) => part ?? "").join("|");
}

describe("a name is divided into given name, particle, family name and suffix", () => {
  test.each([
    ["Jane Smith", "Jane||Smith|"],
    ["Jane A. B. Smith", "Jane A. B.||Smith|"],
    ["Núria Çelik-Ørsted", "Núria||Çelik-Ørsted|"],
    ["D'Arcy O'Neill", "D'Arcy||O'Neill|"],
    ["J. Smith", "J.||Smith|"],
    ["Gopal", "||Gopal|"],
    ["hooks", "||hooks|"],
    ["jane smith", "jane||smith|"],
    ["  Jane \n  Smith ", "Jane||Smith|"],
    ["Yu (Hope) Tan", "Yu (Hope)||Tan|"],
  ])("%s", (text, expected) => expect(divided(text)).toBe(expected));
});

describe("a particle in lower case stands on its own, one with a capital belongs to the family name", () => {
  test.each([
    ["Jan van der Berg", "Jan|van der|Berg|"],
    ["Jan Pieter van Berg", "Jan Pieter|van|Berg|"],
    ["Maria de la Cruz", "Maria|de la|Cruz|"],
    ["Ana dos Santos", "Ana|dos|Santos|"],
    ["Max von Berg", "Max|von|Berg|"],
    ["Luc Van Berg", "Luc||Van Berg|"],
    ["Guy Van den Berg", "Guy||Van den Berg|"],
    ["Eva van Den Berg", "Eva|van|Den Berg|"],
    ["Nico De Berg", "Nico||De Berg|"],
    ["Ali al-Berg", "Ali||al-Berg|"],
    ["van Berg", "van||Berg|"],
  ])("%s", (text, expected) => expect(divided(text)).toBe(expected));
});

test.each([
  ["Thang Van Nguyễn", "Thang Van||Nguyễn|"],
  ["Yi Da Xu", "Yi Da||Xu|"],
  ["Anh Do Tran", "Anh Do||Tran|"],
  ["Van Nguyen", "Van||Nguyen|"],
])("in %s, a word that could be a particle is a given name", (text, expected) =>
  expect(divided(text)).toBe(expected),
);

test.each([
  ["Sam Cup Jr.", "Sam||Cup|Jr."],
  ["Sam Cup, Jr.", "Sam||Cup|Jr."],
  ["Sam de Cup III", "Sam|de|Cup|III"],
  ["Sam Cup Sr", "Sam||Cup|Sr"],
])("%s has a suffix", (text, expected) => expect(divided(text)).toBe(expected));

// Libraries that know suffixes and titles take these for one: @citation-js/name reads `Yi Ma` as a Master of Arts.
test.each([
  ["Yi Ma", "Yi||Ma|"],
  ["Minh Do", "Minh||Do|"],
  ["En Yu", "En||Yu|"],
  ["Gen Li", "Gen||Li|"],
  ["Ai Sato", "Ai||Sato|"],
  ["Jun Lo", "Jun||Lo|"],
])("%s has neither suffix nor title", (text, expected) => expect(divided(text)).toBe(expected));

test.each([
  ["李小茶", "[李小茶]"],
  ["やかん", "[やかん]"],
  ["김주전", "[김주전]"],
  ["李 小茶", "小茶||李|"],
  ["山田 茶子", "茶子||山田|"],
])("%s has its family name first, and is divided only at a space", (text, expected) =>
  expect(divided(text)).toBe(expected),
);

test.each([
  "OpenKettle Team",
  "The Kettle Collaboration",
  "Kettle AI",
  "Kettle Research",
  "Institute of Tea",
  "Tea and Scones",
  "Kettle, Spout and Lid",
  "Smith, Jane",
  "Kettle 2 Group",
  "Agent47 Smith",
  "Tea & Co",
  "Jane Smith (Kettle)",
  "Kettle/Spout",
])("%s is one literal name", (text) => expect(toName(text)).toEqual({ literal: text }));

test("names keep their order, repeated ones too, and a colon between them is no name", () => {
  const names = toNames(["Kettle Team", ":", "Jane Smith", "Jan Berg", "Jane Smith"]);
  expect(names.map(familyFirst)).toEqual(["Kettle Team", "Smith, Jane", "Berg, Jan", "Smith, Jane"]);
});

test("the form with the family name first begins with the particle and ends with the suffix", () => {
  expect(familyFirst(toName("Jan van der Berg Jr."))).toBe("van der Berg, Jan, Jr.");
  expect(familyFirst(toName("Gopal"))).toBe("Gopal");
});
