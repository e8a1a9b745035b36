-- A mail of new papers that an address asked for (lib/digest/subscriptions.ts).
CREATE TABLE "Subscription" (
    "id" SERIAL NOT NULL,
    "address" TEXT COLLATE "C" NOT NULL,
    "mailbox" TEXT COLLATE "C" NOT NULL,
    "q" TEXT COLLATE "C" NOT NULL,
    "rhythm" TEXT COLLATE "C" NOT NULL,
    "hour" INTEGER,
    "zone" TEXT COLLATE "C" NOT NULL DEFAULT 'UTC',
    "state" TEXT COLLATE "C" NOT NULL,
    "token" TEXT COLLATE "C" NOT NULL,
    "readerId" TEXT COLLATE "C",
    "askedFrom" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "confirmedAt" TIMESTAMP(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "changedAt" TIMESTAMP(3),
    CONSTRAINT "Subscription_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Subscription_token_key" ON "Subscription"("token");
CREATE UNIQUE INDEX "Subscription_mailbox_q_rhythm_key" ON "Subscription"("mailbox", "q", "rhythm");
CREATE INDEX "Subscription_state_createdAt_idx" ON "Subscription"("state", "createdAt");
CREATE INDEX "Subscription_readerId_idx" ON "Subscription"("readerId");
-- An address that digests are posted to (lib/digest/webhooks.ts).
CREATE TABLE "Webhook" (
    "id" SERIAL NOT NULL,
    "readerId" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "url" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "secret" TEXT COLLATE "C" NOT NULL,
    "q" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "disabledAt" TIMESTAMP(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Webhook_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Webhook_readerId_idx" ON "Webhook"("readerId");
-- One digest of a search and an edition, for all who get it (lib/digest/issues.ts).
CREATE TABLE "DigestIssue" (
    "id" SERIAL NOT NULL,
    "q" TEXT COLLATE "C" NOT NULL,
    "rhythm" TEXT COLLATE "C" NOT NULL,
    "slot" TEXT COLLATE "C" NOT NULL,
    "watcher" TEXT COLLATE "C" NOT NULL,
    "day" TEXT COLLATE "C" NOT NULL,
    "composedAt" TIMESTAMP(3) NOT NULL,
    "keys" TEXT COLLATE "C" NOT NULL,
    "content" BYTEA NOT NULL,
    CONSTRAINT "DigestIssue_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "DigestIssue_q_rhythm_slot_watcher_day_key" ON "DigestIssue"("q", "rhythm", "slot", "watcher", "day");
CREATE INDEX "DigestIssue_composedAt_idx" ON "DigestIssue"("composedAt");
-- A mail or a webhook's message, from when it is queued until it is sent or has failed (lib/digest/queue.ts).
CREATE TABLE "Delivery" (
    "id" SERIAL NOT NULL,
    "issueId" INTEGER,
    "subscriptionId" INTEGER,
    "webhookId" INTEGER,
    "state" TEXT COLLATE "C" NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMP(3) NOT NULL,
    "lease" TEXT COLLATE "C",
    "leasedUntil" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    "answer" TEXT COLLATE "C",
    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Delivery_subscriptionId_issueId_key" ON "Delivery"("subscriptionId", "issueId");
CREATE UNIQUE INDEX "Delivery_webhookId_issueId_key" ON "Delivery"("webhookId", "issueId");
CREATE INDEX "Delivery_issueId_idx" ON "Delivery"("issueId");
CREATE INDEX "Delivery_state_nextAt_idx" ON "Delivery"("state", "nextAt");
CREATE INDEX "Delivery_lease_idx" ON "Delivery"("lease");
CREATE INDEX "Delivery_createdAt_idx" ON "Delivery"("createdAt");
ALTER TABLE "Subscription" ADD CONSTRAINT "Subscription_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Webhook" ADD CONSTRAINT "Webhook_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "DigestIssue"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_subscriptionId_fkey" FOREIGN KEY ("subscriptionId") REFERENCES "Subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_webhookId_fkey" FOREIGN KEY ("webhookId") REFERENCES "Webhook"("id") ON DELETE CASCADE ON UPDATE CASCADE;
