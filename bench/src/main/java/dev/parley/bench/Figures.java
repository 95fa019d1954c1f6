package dev.parley.bench;

import java.util.OptionalDouble;

/**
 * The outcome of a run, as it is written to JSON.
 *
 * @param seconds measured, without warm-up and draining
 * @param acknowledgedPerSecond posts that became durable
 * @param deliveredPerSecond messages that arrived, over all connections
 * @param others events that were not messages of the run, warm-up included
 * @param delivery from the intended time of sending to the arrival, milliseconds
 * @param acknowledgement from the intended time of sending to the answer, milliseconds
 * @param lag from the intended to the real time of sending: the tool's own lateness, milliseconds
 * @param serverMicrosPerDelivery processor time of the server for each message delivered
 * @param serverProcessors processors that the server kept busy
 * @param serverResidentBytes memory of the server at the end of the measured time; 0 if unknown
 * @param toolProcessors processors that this tool kept busy
 */
record Figures(
    Plan plan,
    Machine machine,
    String server,
    double seconds,
    long acknowledged,
    long delivered,
    double acknowledgedPerSecond,
    double deliveredPerSecond,
    long others,
    Percentiles delivery,
    Percentiles acknowledgement,
    Percentiles lag,
    OptionalDouble serverMicrosPerDelivery,
    OptionalDouble serverProcessors,
    long serverResidentBytes,
    double toolProcessors,
    Verdict verdict) {}
