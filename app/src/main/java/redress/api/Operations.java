package redress.api;

import static redress.policy.Role.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.Rules;
import redress.policy.Role;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Verbs;
import redress.view.DisputeView;
import tools.jackson.databind.JsonNode;

/**
 * Everything that can be asked of the API, in one table; the OpenAPI document and the page for people are drawn from
 * it.
 */
final class Operations {
  /**
   * One operation: method and path, its id, a sentence, who may ask (empty: anybody), query parameters, body fields
   * (null:
   * no body), the status of success and what is answered.
   */
  record Operation(String method, String path, String id, String summary, Set<Role> who, Map<String, Field> parameters,
      @Nullable Map<String, Field> body, int status, @Nullable Class<?> answer) {}

  private static final Map<String, Field> NONE = Fields.of();
  /** A body that is taken as it comes, whatever it is. */
  static final Map<String, Field> RAW = Fields.of(Field.text("", ""));
  /** A form with files. */
  static final Map<String, Field> FILES =
      Fields.of(Field.of("file", Field.Kind.FILE, "A file; up to ten of them.").upTo(10));
  private static final Set<Role> DESK =
      Set.of(PLATFORM, BUYER, MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER, MEDIATOR,
          MEDIATOR_LEAD, VERIFIER, FINANCE, SUPPORT, AUDITOR);
  private static final Set<Role> EVERYBODY = Set.of(PLATFORM, BUYER, MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER,
      MEDIATOR, MEDIATOR_LEAD, VERIFIER, FINANCE, SUPPORT, AUDITOR, ADMIN);
  private static final Set<Role> WATCHERS = Set.of(ADMIN, MEDIATOR_LEAD, VERIFIER, FINANCE, AUDITOR);
  private static final Set<Role> LEGISLATORS = Set.of(ADMIN, MEDIATOR_LEAD, AUDITOR);
  private static final Set<Role> BOOKKEEPERS = Set.of(FINANCE, VERIFIER, AUDITOR);
  private static final Set<Role> SPEAKERS = Set.of(BUYER, MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER, MEDIATOR,
      MEDIATOR_LEAD, VERIFIER, FINANCE, SUPPORT, AUDITOR, ADMIN);
  private static final Set<Role> BOOKS = Set.of(FINANCE, AUDITOR);
  private static final Set<Role> PURSES = Set.of(FINANCE, AUDITOR, MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER);
  /** Money moves by these outside of disputes: they need an idempotency key. */
  static final Set<String> MONEY = Set.of("topUpDeposit", "withdrawDeposit", "topUpFund", "withdrawFund", "recover",
      "writeOff", "approveFinanceRequest", "rejectFinanceRequest");
  private static final Set<Role> PARTIES = Set.of(BUYER, MERCHANT_OWNER, MERCHANT_AGENT);

  // @formatter:off
  private static final List<Operation> FIXED = List.of(
      get("/v1/rules",                        "readRules",        "The rules in force.", Set.of(), NONE, RulesApi.RulesView.class),
      get("/v1/statistics",                   "readStatistics",   "How well disputes are handled.", EVERYBODY, Figures.PARAMETERS, Figures.FiguresView.class),
      get("/v1/statistics/outcomes",          "readOutcomes",     "How closed disputes ended.", EVERYBODY, Figures.PARAMETERS, Figures.OutcomesView.class),
      get("/v1/scorecards/{merchant}",        "readScorecard",    "How well one merchant handles disputes.", EVERYBODY, Figures.PARAMETERS, Figures.FiguresView.class),
      post("/v1/callbacks/{account}",         "takeCallback",     "A provider tells that something happened. Its signature is its key, and the answer has its own form.", Set.of(), RAW, 200, null),
      put("/v1/parties/{id}",                 "putParty",         "Register a buyer or merchant, or bring it up to date.", Set.of(PLATFORM), Registrations.PARTY, 201, Registrations.PartyView.class),
      get("/v1/parties/{id}",                 "readParty",        "A buyer or merchant.", DESK, NONE, Registrations.PartyView.class),
      put("/v1/payments/{id}",                "putPayment",       "Register a captured payment.", Set.of(PLATFORM), Registrations.PAYMENT, 201, Registrations.PaymentView.class),
      get("/v1/payments/{id}",                "readPayment",      "A payment and what became of its money.", DESK, NONE, Registrations.PaymentView.class),
      post("/v1/disputes",                    "file",             "File a dispute.", Set.of(BUYER, SUPPORT), Filings.FIELDS, 201, DisputeView.class),
      get("/v1/disputes",                     "listDisputes",     "The disputes you may see.", DESK, Lists.PARAMETERS, Lists.PageView.class),
      get("/v1/disputes/{id}",                "readDispute",      "One dispute as you may see it, with what you may do now.", DESK, NONE, DisputeView.class),
      get("/v1/disputes/{id}/timeline",       "readTimeline",     "What happened, in order.", DESK, Readings.PAGE, Readings.TimelineView.class),
      get("/v1/disputes/{id}/messages",       "readMessages",     "What was said.", DESK, Readings.PAGE, Readings.MessagesView.class),
      get("/v1/disputes/{id}/evidence",       "readEvidence",     "All evidence.", DESK, NONE, Readings.EvidencesView.class),
      get("/v1/disputes/{id}/evidence/{number}/reading", "readTestimony", "What audits read in a piece of evidence: what agrees, what contradicts, and where it stands.", DESK, NONE, TestimonyApi.TestimonyView.class),
      get("/v1/disputes/{id}/readings",       "readTestimonies",  "The same of all evidence.", DESK, NONE, TestimonyApi.TestimoniesView.class),
      post("/v1/disputes/{id}/uploads",       "upload",           "Send files for a dispute as a form, or begin one that comes in parts (tus 1.0).", PARTIES, FILES, 201, UploadsApi.UploadsView.class),
      get("/v1/disputes/{id}/uploads",        "listUploads",      "Your files that are no evidence yet.", PARTIES, NONE, UploadsApi.UploadsView.class),
      get("/v1/disputes/{id}/uploads/{upload}", "readUpload",     "A file of yours and how much of it is here; HEAD answers the same in Upload-Offset.", PARTIES, NONE, UploadsApi.UploadView.class),
      new Operation("patch", "/v1/disputes/{id}/uploads/{upload}", "appendUpload", "Send the next part of a file (tus 1.0).", PARTIES, NONE, RAW, 204, null),
      new Operation("delete", "/v1/disputes/{id}/uploads/{upload}", "deleteUpload", "Forget a file that was not submitted.", PARTIES, NONE, null, 204, null),
      post("/v1/disputes/{id}/evidence/thread", "sealThread",     "Submit all messages and offers so far as evidence, sealed.", PARTIES, NONE, 200, DisputeView.class),
      get("/v1/disputes/{id}/evidence-checklist", "readEvidenceChecklist", "What helps whom, what was asked for and until when, what is there and what waits to be submitted.", DESK, NONE, ChecklistApi.ChecklistView.class),
      get("/v1/disputes/{id}/evidence/{number}/file", "readFile", "The file of a piece of evidence, to be saved; ranges are served.", DESK, NONE, byte[].class),
      get("/v1/disputes/{id}/evidence/{number}/preview", "readPreview", "What a picture or the first page of a PDF looks like: a small PNG, drawn anew.", DESK, NONE, byte[].class),
      get("/v1/disputes/{id}/evidence/{number}/custody", "readCustody", "Who gave a piece of evidence, saw it and took a copy, and when.", DESK, NONE, EvidenceApi.CustodyView.class),
      get("/v1/disputes/{id}/money",          "readMoney",        "Every movement of money it caused.", DESK, NONE, Readings.MoneyView.class),
      get("/v1/disputes/{id}/result",         "readResult",       "The record of the result, exactly as it was signed.", DESK, ResultApi.WHICH, JsonNode.class),
      get("/v1/disputes/{id}/result.jws",     "readSignedResult", "The same signed, as JWS; in its JSON form for Accept: application/jose+json.", DESK, ResultApi.WHICH, byte[].class),
      get("/v1/disputes/{id}/result.pdf",     "readResultOnPaper", "The same on paper: a signed PDF.", DESK, ResultApi.PAPER, byte[].class),
      get("/v1/disputes/{id}/certificate",    "readConsents",     "What both sides agreed to have shown publicly, and where it is.", DESK, NONE, CertificateApi.CertificateView.class),
      post("/v1/disputes/{id}/certificate/consent", "consent",    "Agree that something of a result that is yours to share is shown publicly.", PARTIES, CertificateApi.CONSENT, 200, CertificateApi.CertificateView.class),
      new Operation("delete", "/v1/disputes/{id}/certificate/consent", "revokeConsent", "Take that back; the address is dead at once.", PARTIES, CertificateApi.REVOKED, null, 200, CertificateApi.CertificateView.class),
      get("/v1/certificates/{id}",            "readCertificate",  "A public certificate, for whoever has its address.", Set.of(), NONE, CertificateApi.PublicView.class),
      get("/v1/certificates/{id}/qr.png",     "readCertificatePicture", "Its address as a QR code.", Set.of(), NONE, byte[].class),
      get("/v1/certificates/{id}/qr.svg",     "readCertificateDrawing", "The same as a drawing.", Set.of(), NONE, byte[].class),
      get("/v1/disputes/{id}/notices",        "readNotices",      "Who was told what, and when.", DESK, NONE, Readings.NoticesView.class),
      get("/v1/disputes/{id}/bundle",         "readBundle",       "All of it as you may see it, in one file that anybody can check.", DESK, NONE, byte[].class),
      post("/v1/disputes/{id}/confirmations/identity",    "askIdentity",    "Look up afresh who agreed and who paid.", Set.of(VERIFIER), NONE, 202, DisputeView.class),
      post("/v1/disputes/{id}/confirmations/transaction", "askTransaction", "Ask the provider about the payment afresh.", Set.of(VERIFIER), NONE, 202, DisputeView.class),
      post("/v1/disputes/{id}/audits",        "askAudit",         "Look at all records afresh.", Set.of(VERIFIER), NONE, 202, DisputeView.class),
      post("/v1/disputes/{id}/refunds/{number}/enquiry", "askRefund", "Ask the provider about a refund afresh.", Set.of(VERIFIER), NONE, 202, DisputeView.class),
      get("/v1/notices",                      "readInbox",        "Your own notices.", DESK, Post.INBOX, Post.InboxView.class),
      post("/v1/notices/{id}/reading",        "markNoticeRead",   "Mark a notice of yours as read.", DESK, NONE, 204, null),
      get("/v1/notice-wishes",                "readNoticeWishes", "How you want to be told.", PARTIES, NONE, NoticeWishes.WishView.class),
      put("/v1/notice-wishes",                "setNoticeWishes",  "Say how you want to be told.", PARTIES, NoticeWishes.WISH, 200, NoticeWishes.WishView.class),
      post("/v1/feedback",                    "giveFeedbackAtLarge", "Say what you think of the service.", PARTIES, Post.FEEDBACK, 201, Post.OpinionView.class),
      get("/v1/feedback",                     "listFeedback",     "Feedback of yours, or all of it for staff.", SPEAKERS, Post.PAGE, Post.OpinionsView.class),
      post("/v1/feedback/{id}/answer",        "answerFeedbackAtLarge", "Answer feedback that is about no dispute.", Set.of(SUPPORT, MEDIATOR_LEAD), Post.ANSWER, 200, Post.OpinionView.class),
      post("/v1/matches",                     "match",            "Hold every promise to pay against the books.", Set.of(FINANCE), NONE, 200, MatchApi.MatchRunView.class),
      get("/v1/matches",                      "listMatches",      "What the books say of each promise, and why.", BOOKKEEPERS, MatchApi.PAGE, MatchApi.MatchesView.class),
      get("/v1/strays",                       "listStrays",       "Records that nothing owed explains.", BOOKKEEPERS, MatchApi.STRAYS, MatchApi.StraysView.class),
      put("/v1/strays/{id}/note",         "noteStray",        "Say what was found out about a record.", Set.of(FINANCE), MatchApi.NOTE, 200, MatchApi.StrayView.class),
      get("/v1/deliveries",                   "listDeliveries",   "Notices on their way: to whom, over which channel, and how it went.", Set.of(ADMIN, SUPPORT, AUDITOR), DeliveriesApi.PARAMETERS, DeliveriesApi.DeliveriesView.class),
      post("/v1/deliveries/{id}/resume",      "resendDelivery",   "Send a notice that failed again.", Set.of(ADMIN, SUPPORT), NONE, 200, DeliveriesApi.ResentView.class),
      get("/v1/errands",                      "listErrands",      "Errands that were laid aside.", WATCHERS, Staffroom.PAGE, Staffroom.ErrandsView.class),
      post("/v1/errands/{id}/resume",         "resumeErrand",     "Try an errand again.", WATCHERS, NONE, 200, Staffroom.ResumedView.class),
      get("/v1/deposits",                     "listDeposits",     "Deposits of merchants; a merchant sees its own.", PURSES, Deposits.LIST, Deposits.DepositsView.class),
      get("/v1/deposits/{id}/movements",      "readDeposit",      "What happened to a merchant's deposit.", PURSES, Deposits.PAGE, Deposits.MovementsView.class),
      get("/v1/deposits/{id}/statement.csv",  "exportDeposit",    "The same as a table for spreadsheets.", PURSES, Deposits.STATEMENT, String.class),
      post("/v1/deposits/{id}/top-ups",       "topUpDeposit",     "A merchant's deposit is topped up.", Set.of(FINANCE), Deposits.MONEY, 201, Deposits.DepositView.class),
      post("/v1/deposits/{id}/withdrawals",   "withdrawDeposit",  "Take out of a deposit what nobody needs; above the limit a second person approves.", Set.of(FINANCE), Deposits.MONEY, 202, Finance.RequestView.class),
      get("/v1/funds",                        "listFunds",        "The compensation fund, by currency.", BOOKS, NONE, Deposits.FundsView.class),
      get("/v1/funds/{id}/movements",         "readFund",         "What happened to the fund of a currency.", BOOKS, Readings.PAGE, Deposits.MovementsView.class),
      get("/v1/funds/{id}/statement.csv",     "exportFund",       "The same as a table for spreadsheets.", BOOKS, NONE, String.class),
      post("/v1/funds/{id}/top-ups",          "topUpFund",        "The fund is topped up, from outside or with what a merchant paid back.", Set.of(FINANCE), Deposits.REFILL, 201, Deposits.FundView.class),
      post("/v1/funds/{id}/withdrawals",      "withdrawFund",     "Take out of the fund; above the limit a second person approves.", Set.of(FINANCE), Deposits.OUT, 202, Finance.RequestView.class),
      put("/v1/funds/{id}/limits",            "limitFund",        "What one dispute, merchant and day may draw.", Set.of(FINANCE), Deposits.LIMITS, 200, Deposits.FundView.class),
      get("/v1/receivables",                  "listReceivables",  "What merchants owe; a merchant sees its own.", PURSES, Deposits.LIST, Owing.ReceivablesView.class),
      get("/v1/receivables/{id}/entries",     "readReceivable",   "What a merchant owes, entry by entry.", PURSES, Owing.PAGE, Owing.EntriesView.class),
      get("/v1/receivables/{id}/statement.csv", "exportReceivable", "The same as a table for spreadsheets.", PURSES, Deposits.STATEMENT, String.class),
      post("/v1/receivables/{id}/recoveries", "recover",          "A merchant pays what it owes, from outside or with what it has available.", Set.of(FINANCE), Owing.RECOVERY, 201, Owing.ReceivableView.class),
      post("/v1/receivables/{id}/write-offs", "writeOff",         "Ask for giving up what a merchant owes; a second person approves.", Set.of(FINANCE), Deposits.MONEY, 202, Finance.RequestView.class),
      get("/v1/finance/requests",             "listFinanceRequests", "What waits for a second person of finance.", BOOKS, Finance.PAGE, Finance.RequestsView.class),
      get("/v1/finance/requests/{id}",        "readFinanceRequest", "One request and what became of it.", BOOKS, NONE, Finance.RequestView.class),
      post("/v1/finance/requests/{id}/approval",  "approveFinanceRequest", "Approve as second person; it is done at once.", Set.of(FINANCE), NONE, 200, Finance.RequestView.class),
      post("/v1/finance/requests/{id}/rejection", "rejectFinanceRequest",  "Reject as second person.", Set.of(FINANCE), NONE, 200, Finance.RequestView.class),
      get("/v1/finance/clearing",             "readClearing",     "Accounts that must go back to zero and have not, the oldest first.", BOOKS, Readings.PAGE, Reconciliation.ClearingView.class),
      get("/v1/finance/clearing.csv",         "exportClearing",   "The same as a table for spreadsheets.", BOOKS, NONE, String.class),
      post("/v1/finance/closes",              "closeDay",         "Close a day that is over: its totals never change again.", Set.of(FINANCE), Reconciliation.CLOSE, 201, Reconciliation.CloseView.class),
      get("/v1/finance/closes",               "listCloses",       "The days that were closed.", BOOKS, Finance.PAGE, Reconciliation.DaysView.class),
      get("/v1/finance/closes/{id}",          "readClose",        "A closed day: what it moved, and what was booked on it later.", BOOKS, Readings.PAGE, Reconciliation.CloseView.class),
      get("/v1/finance/closes/{id}/totals.csv", "exportClose",    "The same as a table for spreadsheets.", BOOKS, NONE, String.class),
      get("/v1/rule-sets",                    "listRuleSets",     "Every rule set that was published, with its figures.", LEGISLATORS, NONE, RuleSetsApi.RuleSetsView.class),
      get("/v1/rule-drafts",                  "listRuleDrafts",   "Rule sets that are being prepared.", LEGISLATORS, NONE, RuleSetsApi.DraftsView.class),
      get("/v1/rule-drafts/{id}",             "readRuleDraft",    "A rule set that is being prepared.", LEGISLATORS, NONE, RuleSetsApi.DraftView.class),
      new Operation("put", "/v1/rule-drafts/{id}", "putRuleDraft", "Write a draft; nobody goes by it yet.", Set.of(ADMIN), NONE, RuleFigures.FIELDS, 200, RuleSetsApi.DraftView.class),
      delete("/v1/rule-drafts/{id}",          "deleteRuleDraft",  "Forget a draft.", Set.of(ADMIN), RuleSetsApi.DraftsView.class),
      get("/v1/rule-drafts/{id}/what-if",     "tryRuleDraft",     "How many deadlines of past disputes would have been missed under a draft.", LEGISLATORS, RuleSetsApi.WHAT_IF, RuleSetsApi.WhatIfView.class),
      post("/v1/rule-drafts/{id}/publication", "publishRuleDraft", "Publish a draft, for good, with the day from which disputes are filed under it.", Set.of(ADMIN), RuleSetsApi.PUBLICATION, 200, RuleSetsApi.RuleSetsView.class),
      get("/v1/test-clocks",                  "listTestClocks",   "Test clocks by their ids.", Set.of(PLATFORM, ADMIN), TestClocksApi.PARAMETERS, TestClocksApi.ClocksView.class),
      get("/v1/log-standing",                 "readLogStanding",  "How both trees of the log and their witnesses stand.", WATCHERS, NONE, LogStanding.StandingsView.class),
      post("/v1/test-clocks",                 "createTestClock",  "Set up a test clock.", Set.of(PLATFORM, ADMIN), TestClocksApi.FIELDS, 201, TestClocksApi.ClockView.class),
      get("/v1/test-clocks/{id}",             "readTestClock",    "What a test clock shows.", Set.of(PLATFORM, ADMIN), NONE, TestClocksApi.ClockView.class),
      post("/v1/test-clocks/{id}/advance",    "advanceTestClock", "Let time pass, with everything that falls due.", Set.of(PLATFORM, ADMIN), TestClocksApi.ADVANCE, 200, TestClocksApi.ClockView.class),
      new Operation("post", "/v1/statements", "importStatement", "Take in a statement of a provider or bank.", Set.of(FINANCE), StatementsApi.WISH, RAW, 200, StatementsApi.StatementView.class),
      get("/v1/statements",                   "listStatements",   "Statements that were taken in.", Set.of(FINANCE, VERIFIER, AUDITOR), StatementsApi.PAGE, StatementsApi.StatementsView.class),
      get("/v1/statements/{id}",              "readStatement",    "A statement and what is wrong with it.", Set.of(FINANCE, VERIFIER, AUDITOR), NONE, StatementsApi.StatementView.class),
      get("/v1/records",                      "listRecords",      "What statements tell of a payment or a dispute.", Set.of(FINANCE, VERIFIER, AUDITOR), StatementsApi.ABOUT, StatementsApi.RecordsView.class),
      get("/v1/log/checkpoint", "readLogCheckpoint", "The newest checkpoint of the log: a signed note, with what witnesses added.", Set.of(), NONE, byte[].class),
      get("/v1/log/checkpoint/{size}", "readLogCheckpointOf", "The checkpoint of a size.", Set.of(), NONE, byte[].class),
      get("/v1/log/stamp/{size}", "readLogStamp", "The RFC 3161 time stamp of a checkpoint, over the SHA-256 of the note with the log's own signature alone.", Set.of(), NONE, byte[].class),
      get("/v1/log/tile/{level}/{tile}", "readLogTile", "Hashes of the tree, 256 to a tile, addressed as C2SP tlog-tiles has it.", Set.of(), NONE, byte[].class),
      get("/v1/log/tile/entries/{tile}", "readLogEntries", "Entries of the log, 256 to a bundle: each its length in two bytes, and its hash.", Set.of(), NONE, byte[].class),
      get("/v1/log/proofs/inclusion", "proveInLog", "The proof that an entry is in the log.", Set.of(), LogApi.INCLUSION, LogApi.InclusionView.class),
      get("/v1/log/proofs/consistency", "proveLogGoesOn", "The proof that the log only grew.", Set.of(), LogApi.CONSISTENCY, LogApi.ConsistencyView.class),
      get("/v1/log/keys", "readLogKeys", "The keys that sign the log and the results.", Set.of(), NONE, LogApi.LogKeysView.class),
      get("/v1/test-log/checkpoint", "readTestLogCheckpoint", "The newest checkpoint of the log of test payments: a signed note, with what witnesses added.", Set.of(), NONE, byte[].class),
      get("/v1/test-log/checkpoint/{size}", "readTestLogCheckpointOf", "The checkpoint of a size.", Set.of(), NONE, byte[].class),
      get("/v1/test-log/stamp/{size}", "readTestLogStamp", "The RFC 3161 time stamp of a checkpoint, over the SHA-256 of the note with the log's own signature alone.", Set.of(), NONE, byte[].class),
      get("/v1/test-log/tile/{level}/{tile}", "readTestLogTile", "Hashes of the tree of test payments, 256 to a tile, addressed as C2SP tlog-tiles has it.", Set.of(), NONE, byte[].class),
      get("/v1/test-log/tile/entries/{tile}", "readTestLogEntries", "Entries of the log of test payments, 256 to a bundle: each its length in two bytes, and its hash.", Set.of(), NONE, byte[].class),
      get("/v1/test-log/proofs/inclusion", "proveInTestLog", "The proof that an entry is in the log of test payments.", Set.of(), LogApi.INCLUSION, LogApi.InclusionView.class),
      get("/v1/test-log/proofs/consistency", "proveTestLogGoesOn", "The proof that the log of test payments only grew.", Set.of(), LogApi.CONSISTENCY, LogApi.ConsistencyView.class),
      get("/v1/test-log/keys", "readTestLogKeys", "The keys that sign the log of test payments and the results.", Set.of(), NONE, LogApi.LogKeysView.class),
      get("/.well-known/jwks.json", "readKeySet", "The keys that sign result records, as a JWK set.", Set.of(), NONE, JsonNode.class),
      post("/v1/signing-keys", "rotateSigningKey", "Retire a signing key in favour of a new one.", Set.of(ADMIN), SigningKeys.FIELDS, 201, SigningKeys.SigningKeyView.class),
      post("/v1/keys",                        "createKey",        "Make an API key.", Set.of(ADMIN), Access.KEY, 201, Access.KeyView.class),
      get("/v1/keys",                         "listKeys",         "All API keys, without their secrets.", Set.of(ADMIN), NONE, Access.KeysView.class),
      post("/v1/keys/{id}/rotation",          "rotateKey",        "Make another key for the same; the old one opens a while longer.", Set.of(ADMIN), Access.ROTATION, 201, Access.KeyView.class),
      delete("/v1/keys/{id}",                 "revokeKey",        "End an API key at once.", Set.of(ADMIN), Access.KeyView.class),
      post("/v1/sign-in-links",               "makeSignInLink",   "Let somebody in with a browser: the host platform its buyers and merchants, an administrator staff.", Set.of(PLATFORM, ADMIN), SignInLinks.LINK, 201, SignInLinks.LinkView.class),
      post("/v1/party-tokens",                "signPartyToken",   "Let one of your buyers or merchants in for a quarter of an hour.", Set.of(PLATFORM), Access.TOKEN, 201, Access.TokenView.class),
      post("/v1/token-keys",                  "registerTokenKey", "Register a key you sign party tokens with yourself.", Set.of(PLATFORM), Access.TOKEN_KEY, 201, Access.TokenKeyView.class),
      get("/v1/token-keys",                   "listTokenKeys",    "Your keys for party tokens.", Set.of(PLATFORM), NONE, Access.TokenKeysView.class),
      delete("/v1/token-keys/{id}",           "revokeTokenKey",   "End a key for party tokens at once.", Set.of(PLATFORM), Access.TokenKeyView.class),
      put("/v1/wallet/payments/{id}",         "captureInWallet",  "Have the built-in wallet hold a registered payment.", Set.of(PLATFORM), NONE, 200, WalletApi.HeldView.class),
      get("/v1/wallet/payments/{id}",         "readWallet",       "A payment as the wallet's own books tell it.", Set.of(PLATFORM), NONE, WalletApi.HeldView.class),
      post("/v1/wallet/payments/{id}/manner", "tellWallet",       "Tell the wallet how to behave about a test payment.", Set.of(PLATFORM), WalletApi.MANNER, 200, WalletApi.HeldView.class),
      post("/v1/wallet/payments/{id}/direct-refunds", "payAtWallet", "Pay as the merchant would, outside of Redress.", Set.of(PLATFORM), WalletApi.DIRECT, 200, WalletApi.HeldView.class),
      post("/v1/wallet/payments/{id}/reversals",   "reverseAtWallet", "Take a refund back.", Set.of(PLATFORM), WalletApi.REVERSAL, 200, WalletApi.HeldView.class),
      post("/v1/wallet/payments/{id}/chargebacks", "chargeBackAtWallet", "Have the payer's bank take money back.", Set.of(PLATFORM), WalletApi.CHARGEBACK, 200, WalletApi.HeldView.class));
  // @formatter:on

  static final List<Operation> ALL = all();

  private Operations() {}

  private static List<Operation> all() {
    var all = new ArrayList<>(FIXED);
    var roles = Rules.roles();
    for (var verb : Verbs.ALL) {
      var path = verb.href("{id}", "{number}");
      var id = verb.path().equals("shipments") ? "reportShipmentOf" : lower(verb.command());
      var who = roles.getOrDefault(verb.command(), Set.of()).stream().filter(role -> role != SYSTEM).toList();
      all.add(new Operation("post", path, id, verb.summary(), Set.copyOf(who), NONE, verb.fields(), 200,
          verb.command().equals("RevealPersonalData") ? Registrations.ContactView.class : DisputeView.class));
    }
    return List.copyOf(all);
  }

  private static String lower(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static Operation get(String path, String id, String summary, Set<Role> who, Map<String, Field> parameters,
      Class<?> answer) {
    return new Operation("get", path, id, summary, who, parameters, null, 200, answer);
  }

  private static Operation put(String path, String id, String summary, Set<Role> who, Map<String, Field> body,
      int status, Class<?> answer) {
    return new Operation("put", path, id, summary, who, NONE, body, status, answer);
  }

  private static Operation post(String path, String id, String summary, Set<Role> who, Map<String, Field> body,
      int status, @Nullable Class<?> answer) {
    return new Operation("post", path, id, summary, who, NONE, body, status, answer);
  }

  private static Operation delete(String path, String id, String summary, Set<Role> who, Class<?> answer) {
    return new Operation("delete", path, id, summary, who, NONE, null, 200, answer);
  }

  /** The names in braces of a path, in order. */
  static List<String> names(String path) {
    return Arrays.stream(path.split("/", -1)).filter(part -> part.startsWith("{"))
        .map(part -> part.substring(1, part.length() - 1)).toList();
  }
}
