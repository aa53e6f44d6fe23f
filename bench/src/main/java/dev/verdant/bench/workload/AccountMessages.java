package dev.verdant.bench.workload;

import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OpenAccountEncoder;
import org.agrona.MutableDirectBuffer;

/** Opens every account of a population: request n opens account n. */
public final class AccountMessages implements MessageSource {
  /** Length of a request that opens an account, in bytes. */
  public static final int MESSAGE_LENGTH =
      MessageHeaderEncoder.ENCODED_LENGTH + OpenAccountEncoder.BLOCK_LENGTH;

  private final Population population;
  private final long timeMillis;
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OpenAccountEncoder open = new OpenAccountEncoder();

  /** All accounts are opened at one time. */
  public AccountMessages(Population population, long timeMillis) {
    this.population = population;
    this.timeMillis = timeMillis;
  }

  @Override
  public int encode(long number, MutableDirectBuffer buffer, int offset) {
    final int agents = population.agents();
    final int merchants = population.profile().merchants();
    open.wrapAndApplyHeader(buffer, offset, header)
        .correlationId(number)
        .time(timeMillis)
        .pool(0)
        .plan(0)
        .concessionBps(0)
        .referrer(0)
        .marketer(0)
        .district(0)
        .provincial(0)
        .fields()
        .clear();
    if (number < agents) {
      agent((int) number);
    } else if (number < agents + merchants) {
      merchant((int) number - agents);
    } else {
      member((int) (number - agents - merchants));
    }
    return MESSAGE_LENGTH;
  }

  @Override
  public boolean isOrdered() {
    return true;
  }

  private void agent(int number) {
    final AccountKind kind;
    if (number < Population.MARKETERS) {
      kind = AccountKind.MARKETER;
    } else if (number < Population.MARKETERS + Population.DISTRICTS) {
      kind = AccountKind.DISTRICT_AGENT;
    } else {
      kind = AccountKind.PROVINCIAL_AGENT;
    }
    open.account(population.agent(number)).kind(kind);
  }

  private void merchant(int number) {
    open.account(population.merchant(number))
        .kind(AccountKind.MERCHANT)
        .concessionBps(population.rateBps(number))
        .fields()
        .concessionBps(true);
    if (population.profile().agents()) {
      open.marketer(population.agent(Population.marketerOf(number)))
          .district(population.agent(Population.districtOf(number)))
          .provincial(population.agent(Population.provincialOf(number)))
          .fields()
          .marketer(true)
          .district(true)
          .provincial(true);
    }
  }

  private void member(int number) {
    open.account(population.member(number)).kind(AccountKind.CONSUMER);
    final int referrer = population.referrerOf(number);
    if (referrer >= 0) {
      open.referrer(population.member(referrer)).fields().referrer(true);
    }
  }
}
