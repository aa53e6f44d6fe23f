package dev.verdant.ops.script;

import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.PayoutBalance;
import dev.verdant.protocol.codec.ReferralPolicy;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The values of the schema's enumerations by name, without those that only the codecs need. */
final class Choices {
  static final Map<String, AccountKind> ACCOUNT_KINDS = named(AccountKind.values());
  static final Map<String, AccountStatus> ACCOUNT_STATUSES = named(AccountStatus.values());
  static final Map<String, PayoutBalance> PAYOUT_BALANCES = named(PayoutBalance.values());
  static final Map<String, ReferralPolicy> REFERRAL_POLICIES = named(ReferralPolicy.values());

  private static <E extends Enum<E>> Map<String, E> named(E[] values) {
    return Arrays.stream(values)
        .filter(value -> !isCodecOnly(value))
        .collect(Collectors.toUnmodifiableMap(Enum::name, value -> value));
  }

  private static boolean isCodecOnly(Enum<?> value) {
    return value.name().equals("NULL_VAL") || value.name().equals("SBE_UNKNOWN");
  }

  private Choices() {}
}
