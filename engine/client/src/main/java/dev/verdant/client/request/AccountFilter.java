package dev.verdant.client.request;

import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;

/**
 * Which accounts are wanted.
 *
 * @param toAccount largest id, unsigned; -1 is the largest there is.
 * @param kind of account, {@code NULL_VAL} for any.
 * @param status of account, {@code NULL_VAL} for any.
 */
public record AccountFilter(long toAccount, AccountKind kind, AccountStatus status) {
  private static final AccountFilter ALL =
      new AccountFilter(-1, AccountKind.NULL_VAL, AccountStatus.NULL_VAL);

  /** Every account. */
  public static AccountFilter all() {
    return ALL;
  }

  /** The same up to an id. */
  public AccountFilter upTo(long account) {
    return new AccountFilter(account, kind, status);
  }

  /** The same of one kind only. */
  public AccountFilter ofKind(AccountKind onlyKind) {
    return new AccountFilter(toAccount, onlyKind, status);
  }

  /** The same of one status only. */
  public AccountFilter ofStatus(AccountStatus onlyStatus) {
    return new AccountFilter(toAccount, kind, onlyStatus);
  }
}
