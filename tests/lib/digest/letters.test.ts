import { load } from "cheerio";
import { expect, test } from "vitest";
import { toConfirmLetter, toTestLetter } from "@/lib/digest/letters";
import { site } from "./made-digest";

const link = `${site}/subscribe/token`;
const confirm = (name: string) => toConfirmLetter({ name, rhythm: "daily", link, site });

test("the mail that asks for a confirmation names the search and has one link to confirm", () => {
  const { subject, text, html } = confirm("weight sharing");
  expect(subject).toBe("Confirm your subscription to “weight sharing”");
  expect(text).toMatch(/^Somebody, probably you, asked for a daily mail of “weight sharing”/);
  expect(text.split("\n")).toContain(link);
  expect(text.split("\n").filter((line) => line.length > 72)).toEqual([]);
  const page = load(html);
  expect(
    page("a")
      .map((_, one) => page(one).attr("href"))
      .get(),
  ).toEqual([link, site]);
});

test.each([
  "buy now at http://shop.example",
  "www.shop.example",
  "Shop.Example is cheap",
  "mail me@shop.example",
  "call tel:123",
])("a name that could become a link is left out: %s", (name) => {
  const { subject, text, html } = confirm(name);
  expect(subject).toBe("Confirm your subscription to a search");
  expect(text + html).not.toMatch(/shop|123/i);
});

test("a name cannot end a header, become markup, or fill the mail", () => {
  const { subject, html } = confirm(`a\r\nBcc b <script>alert(1)</script> ${"x".repeat(5000)}`);
  expect(subject).toMatch(/^Confirm your subscription to “a Bcc b <script>.* …”$/);
  expect(subject.length).toBeLessThan(120);
  expect(load(html)("script").length).toBe(0);
  expect(html.length).toBeLessThan(5000);
});

test("the test mail says which site sent it", () => {
  const { subject, text, html } = toTestLetter({ site });
  expect(subject).toBe("Test mail from Broadsheet");
  expect(text).toContain(`Broadsheet: ${site}\n`);
  expect(load(html)("a").attr("href")).toBe(site);
});
