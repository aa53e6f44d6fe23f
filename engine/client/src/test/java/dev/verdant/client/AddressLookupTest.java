package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.protocol.ConnectionLostException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLookupTest extends ClientTestBase {
  private static final int PORT = 7400;

  private final List<Thread> resolving = new CopyOnWriteArrayList<>();
  private final CountDownLatch nameService = new CountDownLatch(1);
  private final CountDownLatch found = new CountDownLatch(1);

  @AfterEach
  void letsTheThreadGo() {
    nameService.countDown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "255.249.199.99", "0.0.0.0", "::1", "fe80::a", "::1.2.3.4"})
  void shouldNeedNoThreadForANumericAddress(String host) {
    AddressLookup lookup = new AddressLookup(this::resolve, found::countDown);

    assertThat(lookup.poll(InetSocketAddress.createUnresolved(host, PORT)))
        .containsExactly(new InetSocketAddress(host, PORT));
    assertThat(resolving).containsExactly(Thread.currentThread());
  }

  /** The platform asks the name service for all of these, the nearly numeric ones too. */
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "cafe", "1.2.3.4.5", "1.2.3.4.", "256.1.1.1", ".:1"})
  void shouldAskForANameOnceAndNotWait(String host) {
    AddressLookup lookup = new AddressLookup(this::resolveSlowly, found::countDown);
    InetSocketAddress endpoint = InetSocketAddress.createUnresolved(host, PORT);

    assertThat(lookup.poll(endpoint)).isNull();
    assertThat(lookup.poll(endpoint)).isNull();
    nameService.countDown();
    awaitQuietly(found);

    assertThat(lookup.poll(endpoint))
        .containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
    assertThat(resolving).hasSize(1).doesNotContain(Thread.currentThread());
  }

  /** The system may have a thread at the next attempt. */
  @Test
  void shouldTakeItForALossWhenThereIsNoThreadToAskForAName() {
    AtomicInteger starts = new AtomicInteger();
    InetSocketAddress endpoint = InetSocketAddress.createUnresolved("ledger.invalid", PORT);
    AddressLookup lookup =
        new AddressLookup(
            this::resolveSlowly,
            found::countDown,
            task -> starts.getAndIncrement() == 0 ? new ThreadTooMany(task) : new Thread(task));

    assertThatThrownBy(() -> lookup.poll(endpoint))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("ledger.invalid")
        .hasMessageContaining("unable to create native thread");
    assertThat(lookup.poll(endpoint)).isNull();
    nameService.countDown();
    awaitQuietly(found);
    assertThat(lookup.poll(endpoint)).hasSize(1);
  }

  @Test
  void shouldTakeItForALossWhenTheLookUpFails() {
    InetSocketAddress endpoint = InetSocketAddress.createUnresolved("ledger.invalid", PORT);
    Error error = new StackOverflowError("of a test");
    AddressLookup lookup =
        new AddressLookup(
            host -> {
              awaitQuietly(nameService);
              throw error;
            },
            found::countDown);

    assertThat(lookup.poll(endpoint)).isNull();
    nameService.countDown();
    awaitQuietly(found);

    assertThatThrownBy(() -> lookup.poll(endpoint))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("ledger.invalid")
        .hasCause(error);
  }

  private List<InetSocketAddress> resolve(InetSocketAddress endpoint) {
    resolving.add(Thread.currentThread());
    return AddressLookup.resolve(endpoint);
  }

  private List<InetSocketAddress> resolveSlowly(InetSocketAddress endpoint) {
    resolving.add(Thread.currentThread());
    awaitQuietly(nameService);
    return List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.getPort()));
  }
}
