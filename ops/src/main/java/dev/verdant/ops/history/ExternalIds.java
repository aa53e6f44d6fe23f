package dev.verdant.ops.history;

import dev.verdant.client.request.TransactionId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * Ids of other systems as ids of the ledger, by a function of the text alone, so that there is no
 * table to keep or to lose: a decimal number without leading zeros that fits is the id itself; any
 * other text becomes the first bits of SHA-256 over {@code account:} or {@code transaction:} and
 * the text in UTF-8, with the highest bit set, where numbers given by people seldom are.
 *
 * <p>Among 21 million accounts, two of 2^63 collide with a probability of 1 in 41,000; transactions
 * have 127 bits, where no collision is to be expected.
 */
public final class ExternalIds {
  private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,38}");
  private static final long HIGHEST_BIT = 1L << 63;

  /**
   * A text as an account.
   *
   * @param id of the account.
   * @param fingerprint by which two texts of the same id are told apart: 0 for a number, which no
   *     other number is, and of any other text some more bits of its hash.
   */
  public record Account(long id, long fingerprint) {}

  /** The account of a text. */
  public static Account account(String text) {
    BigInteger number = decimal(text, Long.SIZE);
    if (number != null) {
      return new Account(number.longValue(), 0);
    }
    ByteBuffer hash = hash("account:" + text);
    return new Account(hash.getLong(0) | HIGHEST_BIT, hash.getLong(Long.BYTES) | 1);
  }

  /** The account id of a text. */
  public static long accountId(String text) {
    return account(text).id();
  }

  /** The transaction id of a text. */
  public static TransactionId transactionId(String text) {
    BigInteger number = decimal(text, 2 * Long.SIZE);
    if (number != null) {
      return new TransactionId(number.shiftRight(Long.SIZE).longValue(), number.longValue());
    }
    ByteBuffer hash = hash("transaction:" + text);
    return new TransactionId(hash.getLong(0) | HIGHEST_BIT, hash.getLong(Long.BYTES));
  }

  private static BigInteger decimal(String text, int bits) {
    if (!DECIMAL.matcher(text).matches()) {
      return null;
    }
    BigInteger number = new BigInteger(text);
    return number.bitLength() <= bits ? number : null;
  }

  private static ByteBuffer hash(String text) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private ExternalIds() {}
}
