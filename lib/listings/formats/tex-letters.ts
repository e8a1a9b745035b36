/** Reads a table: a name, a blank, what it stands for, and so on. */
function toMap(table: string): Map<string, string> {
  const words = table.trim().split(/\s+/);
  return new Map(words.flatMap((name, at) => (at % 2 === 0 ? [[name, words[at + 1] ?? ""] as const] : [])));
}

/** TeX's accents, as the Unicode numbers of combining characters. */
const accentNumbers = toMap(
  "` 0300 ' 0301 ^ 0302 ~ 0303 = 0304 u 0306 . 0307 \" 0308 r 030a H 030b v 030c d 0323 c 0327 k 0328 b 0331 t 0361",
);

/** TeX's accents as combining characters. */
export const accents = new Map(
  [...accentNumbers].map(([name, number]) => [name, String.fromCodePoint(Number.parseInt(number, 16))]),
);

/** Commands that stand for characters. */
export const letters = toMap(`
  ss ß  ae æ  AE Æ  oe œ  OE Œ  o ø  O Ø  l ł  L Ł  aa å  AA Å  i ı  j ȷ  dh ð  DH Ð  th þ  TH Þ  dj đ  DJ Đ  ng ŋ  NG Ŋ
  S §  P ¶  copyright ©  textcopyright ©  pounds £  textsterling £  euro €  texteuro €  textregistered ®  texttrademark ™
  textdegree °  textmu µ  textendash –  textemdash —  textquoteleft ‘  textquoteright ’  textquotedblleft “
  textquotedblright ”  textquotesingle '  textquotedbl "  textasciigrave \`  guillemotleft «  guillemotright »
  textexclamdown ¡  textquestiondown ¿  textbackslash \\  textasciitilde ~  textasciicircum ^  textless <  textgreater >
  textbar |  textunderscore _  textbraceleft {  textbraceright }  textdollar $  textasteriskcentered *  textbullet •
  textperiodcentered ·  ldots …  dots …  textellipsis …  slash /  TeX TeX  LaTeX LaTeX`);

/** Commands that only change how their text looks. */
export const styles = new Set(
  "emph textit textbf texttt textsc textrm textsf textsl textup textmd textnormal text mbox uppercase lowercase url it bf tt sc rm sf em relax protect mkbibemph mkbibbold nolinkurl natexlab".split(
    " ",
  ),
);
