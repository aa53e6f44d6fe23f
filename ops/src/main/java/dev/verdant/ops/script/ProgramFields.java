package dev.verdant.ops.script;

import dev.verdant.client.request.Program;
import dev.verdant.client.request.ProgramField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The fields of the program (rulebook section 2), each of which may be left out. */
final class ProgramFields {
  /** Most entries of all lists together, so that the message keeps far below its longest. */
  static final int MAX_ENTRIES = 8_000;

  /** Of an entry that names none: no id, so the ledger refuses the program. */
  private static final int NO_ID = 0;

  static Program read(Fields fields) throws MalformedException {
    Program.Builder program = Program.builder();
    for (ProgramField field : ProgramField.values()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (fields.has(name)) {
        program.set(field, fields.int32(name));
      }
    }
    if (fields.has("referral_policy")) {
      program.referralPolicy(fields.choice("referral_policy", Choices.REFERRAL_POLICIES));
    }
    int entries = 0;
    if (fields.has("channels")) {
      List<Program.Channel> channels = channels(fields.objects("channels"));
      entries += channels.size();
      program.channels(channels.toArray(new Program.Channel[0]));
    }
    if (fields.has("pools")) {
      List<Program.Pool> pools = pools(fields.objects("pools"));
      entries += pools.size();
      program.pools(pools.toArray(new Program.Pool[0]));
    }
    if (fields.has("plans")) {
      List<Program.Plan> plans = plans(fields.objects("plans"));
      entries += plans.size();
      program.plans(plans.toArray(new Program.Plan[0]));
    }
    fields.end();
    if (entries > MAX_ENTRIES) {
      throw new MalformedException(
          "the program's lists have " + entries + " entries, more than " + MAX_ENTRIES);
    }
    return program.build();
  }

  private static List<Program.Channel> channels(Fields[] entries) throws MalformedException {
    List<Program.Channel> channels = new ArrayList<>();
    for (Fields entry : entries) {
      channels.add(
          new Program.Channel(
              entry.int32("channel", NO_ID), optionalInt64(entry, "merchant_daily_limit")));
      entry.end();
    }
    return channels;
  }

  private static List<Program.Pool> pools(Fields[] entries) throws MalformedException {
    List<Program.Pool> pools = new ArrayList<>();
    for (Fields entry : entries) {
      pools.add(
          new Program.Pool(
              entry.int32("pool", NO_ID),
              optionalInt64(entry, "initial_value"),
              entry.optionalInt32("step_bps"),
              entry.optionalInt32("min_interval_days"),
              entry.optionalInt32("max_interval_days")));
      entry.end();
    }
    return pools;
  }

  private static List<Program.Plan> plans(Fields[] entries) throws MalformedException {
    List<Program.Plan> plans = new ArrayList<>();
    for (Fields entry : entries) {
      plans.add(
          new Program.Plan(
              entry.int32("plan", NO_ID),
              entry.optionalInt32("base_rate_bps"),
              entry.optionalInt32("cap_bps"),
              entry.optionalInt32("max_periods"),
              entry.optionalInt32("fixed_periods"),
              entry.optionalInt32("fixed_rate_bps")));
      entry.end();
    }
    return plans;
  }

  /** The least value means "not given" on the wire and is refused. */
  private static OptionalLong optionalInt64(Fields fields, String name) throws MalformedException {
    if (!fields.has(name)) {
      return OptionalLong.empty();
    }
    long value = fields.int64(name);
    if (value == Long.MIN_VALUE) {
      throw new MalformedException(name + " is out of range: " + value);
    }
    return OptionalLong.of(value);
  }

  private ProgramFields() {}
}
