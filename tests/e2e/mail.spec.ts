import { execFile } from "node:child_process";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import type { APIRequestContext, Page, Request } from "@playwright/test";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { openFixtureServer } from "./own-server";
import { expect, test } from "./test";

const site = openFixtureServer(7700);
const { base } = site;
test.use({ baseURL: base });

let inbox: ParsedMail[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  disableReverseLookup: true,
  onRcptTo: ({ address }, _, done) =>
    done(
      address.startsWith("gone") ? Object.assign(new Error("no such mailbox"), { responseCode: 550 }) : null,
    ),
  onData(stream, _, done) {
    simpleParser(stream).then((mail) => {
      inbox.push(mail);
      done();
    }, done);
  },
});

test.beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  const { port } = smtp.server.address() as AddressInfo; // it listens on a port
  Object.assign(site.env(), {
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: "Papers <papers@broadsheet.example>",
    PUBLIC_URL: base,
  });
});
test.afterAll(() => new Promise<void>((resolve) => smtp.close(() => resolve())));
test.beforeEach(() => {
  inbox = [];
});

const title = (page: Page) => page.getByRole("heading", { level: 1 });

/** The mail to an address that the server sends within its ten seconds. */
async function mailTo(address: string): Promise<ParsedMail> {
  const find = () => inbox.find(({ to }) => [to].flat()[0]?.text === address);
  await expect.poll(find, { timeout: 60_000 }).toBeTruthy();
  return find() as ParsedMail; // it was found just now
}

const linkIn = ({ text = "" }: ParsedMail, path: string) =>
  new RegExp(`${base}(${path}[\\w-]+)`).exec(text)?.[1] ?? "no link";

async function subscribe(page: Page, address: string, path = "/papers/date/2025-12-11"): Promise<string> {
  await page.goto(path);
  await page.getByLabel("Email address").fill(address);
  await page.getByRole("button", { name: "Subscribe" }).click();
  await expect(title(page)).toHaveText("Check your inbox");
  return linkIn(await mailTo(address), "/subscribe/");
}

async function sendEdition(): Promise<void> {
  const command = ["scripts/digest.mjs", "--send", "--day", "2025-12-11"];
  await promisify(execFile)(process.execPath, command, { env: { ...site.env(), INIT_CWD: "" } });
}

const oneClick = (request: APIRequestContext, path: string) =>
  request.post(path, {
    form: { "List-Unsubscribe": "One-Click" },
    headers: { Origin: "https://mail.example", "Sec-Fetch-Site": "cross-site" },
    maxRedirects: 0,
  });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled, expectedErrors: [/status of 404/] });

    test("an edition is subscribed to, confirmed, received, changed and left on its page", async ({
      page,
    }) => {
      const link = await subscribe(page, "ada@example.org");
      await page.goto(link);
      await expect(title(page)).toHaveText("Confirm your subscription");
      await page.getByRole("button", { name: "Confirm" }).click();
      await expect(title(page)).toHaveText("Your subscription");
      await expect(title(page)).toBeFocused();
      await sendEdition();
      await expect.poll(() => inbox.length).toBe(2);
      const [, digest] = inbox;
      expect(digest?.text).toContain(base + link);
      await page.getByLabel("When").selectOption("At 08:00");
      await page.getByLabel("Time zone").fill("Europe/Berlin");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
      await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Berlin");
      await page.getByLabel("Time zone").fill("Mars/Base");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByRole("main").getByRole("alert")).toContainText("Expected a time zone");
      await page.getByRole("button", { name: "Pause" }).click();
      await expect(page.getByRole("main")).toContainText("Paused: nothing is sent until you resume");
      await page.getByRole("button", { name: "Resume" }).click();
      await expect(page.getByRole("main")).toContainText("Active");
      await page.goto(linkIn(digest as ParsedMail, "/unsubscribe/")); // it was received above
      await expect(title(page)).toHaveText("Unsubscribe?");
      await page.getByRole("button", { name: "Unsubscribe" }).click();
      await expect(title(page)).toHaveText("You have unsubscribed");
      await page.goto(link);
      await expect(title(page)).toHaveText("No subscription here");
    });
  });
}

test("a search is left by the one click of a mail program, and only by that", async ({ page, request }) => {
  const link = await subscribe(page, "bo@example.org", "/papers?q=quiet+agents");
  // The pages load nothing that a password in front of the site would keep from a subscriber.
  const loaded: string[] = [];
  const note = (one: Request) => loaded.push(new URL(one.url()).pathname);
  page.on("request", note);
  await page.goto(link);
  await page.waitForLoadState("networkidle");
  expect(loaded.filter((path) => !/^\/(subscribe|_next\/static)\/|^\/(icon|favicon)/.test(path))).toEqual([]);
  page.off("request", note);
  // A foreign page cannot confirm, and a scanner that opens links neither confirms nor leaves.
  const confirm = { form: { do: "confirm" }, headers: { Origin: "https://evil.example" } };
  expect((await request.post(`${link}/save`, confirm)).status()).toBe(403);
  await page.goto(link);
  await page.getByRole("button", { name: "Confirm" }).click();
  await sendEdition();
  await expect.poll(() => inbox.length).toBe(2);
  const unsubscribe = linkIn(inbox[1] as ParsedMail, "/unsubscribe/"); // it was received just now
  expect((await request.get(unsubscribe)).status()).toBe(200);
  expect((await request.head(unsubscribe)).status()).toBe(200);
  expect((await request.get(link)).status()).toBe(200);
  expect((await request.post(unsubscribe, { form: {} })).status()).toBe(400);
  expect((await request.get(link)).status()).toBe(200);
  for (let time = 0; time < 2; time++) {
    const answer = await oneClick(request, unsubscribe);
    expect([answer.status(), await answer.text()]).toEqual([200, "Broadsheet: you are unsubscribed.\n"]);
  }
  expect((await request.get(link)).status()).toBe(404);
  expect((await oneClick(request, "/unsubscribe/guess")).status()).toBe(200);
});

test("what makes no sense is answered in words", async ({ page, request }) => {
  await page.goto("/subscribe?problem=address&q=weight");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Expected an address");
  const post = (form: Record<string, string>, headers = {}) =>
    request.post("/subscribe/send", { form, headers, maxRedirects: 0 });
  const problem = async (form: Record<string, string>, headers = {}) =>
    /problem=(\w+)/.exec((await post(form, headers)).headers().location ?? "")?.[1];
  const form = { address: "cy@example.org", q: "", rhythm: "daily" };
  expect(await problem({ ...form, address: "cy@example.org\r\nBcc: di@example.org" })).toBe("address");
  expect(await problem({ ...form, q: "see http://evil.example" })).toBe("search");
  expect(await problem({ ...form, rhythm: "hourly" })).toBe("form");
  expect(await problem(form, { "X-Forwarded-For": "203.0.113.7" })).toBe("closed");
  expect(await problem(form, { "X-Sender-Address": "203.0.113.7" })).toBeUndefined();
  expect((await post(form, { Origin: "https://evil.example" })).status()).toBe(403);
  expect((await request.post("/webhooks/save", { form: { do: "add" } })).status()).toBe(400);
});

test("Settings sends a test mail and shows the answer", async ({ page }) => {
  await page.goto("/settings");
  await page.getByLabel("Your email address").fill("ada@example.org");
  await page.getByRole("button", { name: "Send me a test" }).click();
  await expect(page.getByText("The mail server took the test mail: 250")).toBeVisible();
  expect((await mailTo("ada@example.org")).text).toContain(base);
  await page.getByLabel("Your email address").fill("gone@example.org");
  await page.getByRole("button", { name: "Send me a test" }).click();
  await expect(page.getByText("Not sent: the address was refused: 550 no such mailbox")).toBeVisible();
});

test("a webhook is added, tested and deleted", async ({ page }) => {
  await page.goto("/settings");
  await page.getByRole("main").getByRole("link", { name: "Webhooks" }).click();
  const add = async (name: string, address: string) => {
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Address").fill(address);
    await page.getByRole("button", { name: "Add" }).click();
  };
  await add("Private", "http://127.0.0.1:1/hook");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("on the public internet");
  await add("Local name", "http://localhost:1/hook");
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("expected a public address, got localhost")).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: "Local name" })).toBeHidden();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the pages pass axe and do not scroll sideways (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const check = async (part: string) => {
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 2000 });
        const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(scrollWidth, part).toBeLessThanOrEqual(width);
        expect((await new AxeBuilder({ page }).analyze()).violations, part).toEqual([]);
      }
    };
    const link = await subscribe(page, `${colorScheme}.with.a.long.name@example.org`);
    for (const path of ["/papers/date/2025-12-11", "/subscribe?problem=address", link, `${link}?leave=1`]) {
      await page.goto(path);
      await check(path);
    }
    await page.goto(link);
    await page.getByRole("button", { name: "Confirm" }).click();
    await check("a subscription");
    await page.goto("/webhooks?problem=url");
    await page.getByLabel("Name").fill("A long name of a webhook");
    await page.getByLabel("Address").fill(`https://hooks.example/${"long".repeat(40)}`);
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByText("Secret").click();
    await check("a webhook");
    await page.goto("/settings");
    await check("the settings");
  });
}
