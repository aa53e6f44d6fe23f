package dev.verdant.client;

import org.agrona.DirectBuffer;

/** The JVM flag without which Agrona, whose buffers the client uses, does not load. */
final class RequiredFlag {
  /** As it stands on the command line. */
  static final String FLAG = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

  private RequiredFlag() {}

  /**
   * Says what to do about an error of loading.
   *
   * @return what to throw.
   * @throws LinkageError the same, if the flag is not what was missing.
   */
  static IllegalStateException explain(LinkageError error) {
    if (Object.class.getModule().isExported("jdk.internal.misc", DirectBuffer.class.getModule())) {
      throw error;
    }
    return new IllegalStateException("the client needs a JVM that is started with " + FLAG, error);
  }
}
