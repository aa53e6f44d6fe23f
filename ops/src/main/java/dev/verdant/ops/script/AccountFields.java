package dev.verdant.ops.script;

import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.UpdateAccountRequest;
import dev.verdant.protocol.codec.AccountStatus;
import java.util.Optional;

/** {@code open-account} and {@code update-account} (rulebook section 3). */
final class AccountFields {
  static OpenAccountRequest open(Fields fields, long timeMillis) throws MalformedException {
    return new OpenAccountRequest(
        fields.accountId("account"),
        fields.choice("kind", Choices.ACCOUNT_KINDS),
        options(fields),
        timeMillis);
  }

  static UpdateAccountRequest update(Fields fields, long timeMillis) throws MalformedException {
    Optional<AccountStatus> status =
        fields.has("status")
            ? Optional.of(fields.choice("status", Choices.ACCOUNT_STATUSES))
            : Optional.empty();
    return new UpdateAccountRequest(
        fields.accountId("account"), status, options(fields), timeMillis);
  }

  private static AccountOptions options(Fields fields) throws MalformedException {
    AccountOptions.Builder options = AccountOptions.builder();
    if (fields.has("pool")) {
      options.pool(fields.int32("pool"));
    }
    if (fields.has("plan")) {
      options.plan(fields.int32("plan"));
    }
    if (fields.has("concession_bps")) {
      options.concessionBps(fields.int32("concession_bps"));
    }
    if (fields.has("referrer")) {
      options.referrer(fields.accountId("referrer"));
    }
    if (fields.has("marketer")) {
      options.marketer(fields.accountId("marketer"));
    }
    if (fields.has("district")) {
      options.district(fields.accountId("district"));
    }
    if (fields.has("provincial")) {
      options.provincial(fields.accountId("provincial"));
    }
    return options.build();
  }

  private AccountFields() {}
}
