-- A mail of new papers that an address asked for (lib/digest/subscriptions.ts).
CREATE TABLE "Subscription" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "address" TEXT NOT NULL,
    "mailbox" TEXT NOT NULL,
    "q" TEXT NOT NULL,
    "rhythm" TEXT NOT NULL,
    "hour" INTEGER,
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "state" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "readerId" TEXT,
    "askedFrom" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "confirmedAt" DATETIME,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "changedAt" DATETIME,
    CONSTRAINT "Subscription_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "Subscription_token_key" ON "Subscription"("token");
CREATE UNIQUE INDEX "Subscription_mailbox_q_rhythm_key" ON "Subscription"("mailbox", "q", "rhythm");
CREATE INDEX "Subscription_state_createdAt_idx" ON "Subscription"("state", "createdAt");
CREATE INDEX "Subscription_readerId_idx" ON "Subscription"("readerId");
-- An address that digests are posted to (lib/digest/webhooks.ts).
CREATE TABLE "Webhook" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "readerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "q" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "disabledAt" DATETIME,
    "failures" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Webhook_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "Webhook_readerId_idx" ON "Webhook"("readerId");
-- One digest of a search and an edition, for all who get it (lib/digest/issues.ts).
CREATE TABLE "DigestIssue" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "q" TEXT NOT NULL,
    "rhythm" TEXT NOT NULL,
    "slot" TEXT NOT NULL,
    "watcher" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "composedAt" DATETIME NOT NULL,
    "keys" TEXT NOT NULL,
    "content" BLOB NOT NULL
);
CREATE UNIQUE INDEX "DigestIssue_q_rhythm_slot_watcher_day_key" ON "DigestIssue"("q", "rhythm", "slot", "watcher", "day");
CREATE INDEX "DigestIssue_composedAt_idx" ON "DigestIssue"("composedAt");
-- A mail or a webhook's message, from when it is queued until it is sent or has failed (lib/digest/queue.ts).
CREATE TABLE "Delivery" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "issueId" INTEGER,
    "subscriptionId" INTEGER,
    "webhookId" INTEGER,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAt" DATETIME NOT NULL,
    "lease" TEXT,
    "leasedUntil" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "answer" TEXT,
    CONSTRAINT "Delivery_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "DigestIssue" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Delivery_subscriptionId_fkey" FOREIGN KEY ("subscriptionId") REFERENCES "Subscription" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Delivery_webhookId_fkey" FOREIGN KEY ("webhookId") REFERENCES "Webhook" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "Delivery_subscriptionId_issueId_key" ON "Delivery"("subscriptionId", "issueId");
CREATE UNIQUE INDEX "Delivery_webhookId_issueId_key" ON "Delivery"("webhookId", "issueId");
CREATE INDEX "Delivery_issueId_idx" ON "Delivery"("issueId");
CREATE INDEX "Delivery_state_nextAt_idx" ON "Delivery"("state", "nextAt");
CREATE INDEX "Delivery_lease_idx" ON "Delivery"("lease");
CREATE INDEX "Delivery_createdAt_idx" ON "Delivery"("createdAt");
