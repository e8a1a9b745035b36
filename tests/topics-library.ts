import { moveDay } from "@/lib/days";

/** The latest day of the library below, a Friday. */
export const today = "2026-02-06";

/**
 * JSON Lines of 1,300 made-up papers, with trends worked out by hand:
 *
 * - 1,000 papers on 100 days of 2024, ten a day. Their words are not new.
 * - 240 papers in the 48 weeks before the last four: twenty every four weeks, all on one day. Five of the twenty have keywords.
 * - 60 papers in the last four weeks, 45 of them on 12 January. Those 45 have keywords.
 */
export function trendsBody(): string {
  const lines: object[] = [];
  const add = (day: string, words = "", keywords: string[] | null = null, categories: string[] = []) => {
    const number = lines.length + 1;
    lines.push({
      id: `2401.${String(number).padStart(5, "0")}`,
      title: `Paper ${number}`,
      abstract: `On ${number}. ${words}`,
      feedDate: day,
      keywords,
      categories,
    });
  };
  for (let at = 0; at < 1000; at++) {
    add(moveDay("2024-06-03", Math.floor(at / 10)), at < 1 ? "Known gnarl." : "");
  }
  const fourWeeksStart = moveDay(today, -27);
  for (let at = 0; at < 240; at++) {
    const day = moveDay(fourWeeksStart, -28 * (12 - Math.floor(at / 20)));
    const tagged = Math.floor(at / 20) * 5 + (at % 20); // its index among the 60 papers with keywords, if it has any
    const keywords = [
      tagged < 2 ? "brass kettle" : "quiet garden",
      tagged < 30 ? "paper boat" : "quiet garden",
      tagged % 3 === 0 ? "green teapot" : "quiet garden",
    ];
    add(day, at === 239 ? "A zorbital. A gnarl." : "", at % 20 < 5 ? keywords : null);
  }
  for (let at = 0; at < 60; at++) {
    const inLastWeek = at >= 45;
    const keywords = [
      at < 12 ? "brass kettle" : "quiet garden",
      at >= 43 || at < 1 ? "paper boat" : "quiet garden",
      at % 3 === 0 ? "green teapot" : "quiet garden",
      at < 2 ? "rare thimble" : "quiet garden",
    ];
    const words = [
      at === 45 ? "One Zorbital, a gnarl, a twicely; see https://zorbital.example/once." : "",
      at === 46 ? "More Zorbitals and gnarls, twicely." : "",
      at === 47 ? "The zorbital of Zorbital and gnarl." : "",
    ];
    add(
      inLastWeek ? moveDay(today, -Math.floor((at - 45) / 3)) : "2026-01-12",
      words.join(""),
      at < 45 ? keywords : null,
      ["cs.CL"],
    );
  }
  return lines.map((line) => JSON.stringify(line)).join("\n");
}
