import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

// Most answers take 1 to 20 ms; what is slower than 2.5 s has met a limit of ours.
const ANSWER_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

export type Metrics = ReturnType<typeof createMetrics>

/**
 * What one instance counts, for Prometheus. A new one is a line here and an `inc()` where it happens.
 * A label is a word of ours from a short list: never an id, a name or an address, of which there is no end.
 */
export function createMetrics() {
  const registry = new Registry()
  // Memory, processor, event loop and garbage collection, under the names that dashboards know.
  collectDefaultMetrics({ register: registry })
  const registers = [registry]

  function counter<const Label extends string = never>(
    name: `${string}_total`,
    help: string,
    labelNames: Label[] = [],
  ): Counter<Label> {
    return new Counter({ name: `conclave_${name}`, help, labelNames, registers })
  }
  function gauge<const Label extends string = never>(
    name: string,
    help: string,
    labelNames: Label[] = [],
  ): Gauge<Label> {
    return new Gauge({ name: `conclave_${name}`, help, labelNames, registers })
  }

  return {
    registry,
    requests: counter('http_requests_total', 'Answers, by route and class of status', [
      'method',
      'route',
      'status',
    ]),
    requestSeconds: new Histogram({
      name: 'conclave_http_request_seconds',
      help: 'How long answers took, by route',
      labelNames: ['method', 'route'],
      buckets: ANSWER_BUCKETS_SECONDS,
      registers,
    }),
    tokensRefused: counter('tokens_refused_total', 'Access tokens refused, by reason', ['reason']),
    limited: counter('limited_total', 'Requests answered with slow-down, by limit', ['limit']),
    limitStoreFailures: counter(
      'limit_store_failures_total',
      'Counts that the database did not keep',
    ),
    messagesPosted: counter('messages_posted_total', 'Messages stored, without repeats'),
    postsWaiting: gauge('posts_waiting', 'Posts that wait for the commit under way to end'),
    commitBegan: gauge(
      'commit_began_timestamp_seconds',
      'When the commit of posts that is under way began; 0 when none is',
    ),
    digestMismatches: counter(
      'digest_mismatches_total',
      'Times a reader held other messages than we have, and loaded them anew',
    ),
    eventsReplaced: counter(
      'events_replaced_total',
      'Events the realtime vendor refused for good, published as their revision',
    ),
    revocationWaiting: gauge(
      'revocation_waiting',
      'Steps of a revocation still to be done elsewhere',
    ),
    revocationOldestSeconds: gauge('revocation_oldest_seconds', 'For how long the oldest has'),
    lurkers: gauge('lurkers', 'Channels of an epoch that is over, listened to for over a minute'),
    clockBehind: gauge(
      'clock_behind_seconds',
      'By how much the clock of this machine is behind; negative when it is ahead',
      ['other'],
    ),
    eventsPublished: counter('events_published_total', 'Events that the realtime vendor took'),
    consumerFailures: counter(
      'consumer_failures_total',
      'What a consumer of the log has to do again, by whether the database failed or what it does',
      ['consumer', 'step'],
    ),
    logLooksFailed: counter(
      'log_looks_failed_total',
      'Times it could not be read how far the consumers of the log are behind',
    ),
    logWaiting: gauge('log_waiting', 'Events that a consumer of the log has not read yet', [
      'consumer',
    ]),
    logOldestSeconds: gauge('log_oldest_seconds', 'For how long the oldest of them has waited', [
      'consumer',
    ]),
  }
}
