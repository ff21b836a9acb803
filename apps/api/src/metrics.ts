import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

// Most answers take 1 to 20 ms; one slower than 2.5 s has hit one of our timeouts.
const ANSWER_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

export type Metrics = ReturnType<typeof createMetrics>

/**
 * What one instance counts, for Prometheus. A new metric is a line here and an `inc()` where it happens.
 * A label's values come from a short list of ours; an id, a name or an address would make a new series each.
 */
export function createMetrics() {
  const registry = new Registry()
  // Memory, processor, event loop and garbage collection, under the names that dashboards know.
  collectDefaultMetrics({ register: registry })
  const create = metricFactory(registry)
  return {
    registry,
    ...requestMetrics(create),
    ...messageMetrics(create),
    ...publishingMetrics(create),
    ...revocationMetrics(create),
    clockBehind: create.gauge(
      'clock_behind_seconds',
      'By how much the clock of this machine is behind; negative when it is ahead',
      ['other'],
    ),
  }
}

type Create = ReturnType<typeof metricFactory>

function metricFactory(registry: Registry) {
  const registers = [registry]
  return {
    counter: <const Label extends string = never>(
      name: `${string}_total`,
      help: string,
      labelNames: Label[] = [],
    ) => new Counter({ name: `conclave_${name}`, help, labelNames, registers }),
    gauge: <const Label extends string = never>(
      name: string,
      help: string,
      labelNames: Label[] = [],
    ) => new Gauge({ name: `conclave_${name}`, help, labelNames, registers }),
    histogram: <const Label extends string = never>(
      name: string,
      help: string,
      shape: { labelNames: Label[]; buckets: number[] },
    ) => new Histogram({ name: `conclave_${name}`, help, ...shape, registers }),
  }
}

function requestMetrics({ counter, histogram }: Create) {
  return {
    requests: counter('http_requests_total', 'Answers, by route and class of status', [
      'method',
      'route',
      'status',
    ]),
    requestSeconds: histogram('http_request_seconds', 'How long answers took, by route', {
      labelNames: ['method', 'route'],
      buckets: ANSWER_BUCKETS_SECONDS,
    }),
    tokensRefused: counter('tokens_refused_total', 'Access tokens refused, by reason', ['reason']),
    limited: counter('limited_total', 'Requests answered with slow-down, by limit', ['limit']),
    limitStoreFailures: counter(
      'limit_store_failures_total',
      'Counts that the database did not keep',
    ),
  }
}

function messageMetrics({ counter, gauge }: Create) {
  return {
    messagesPosted: counter('messages_posted_total', 'Messages stored, without repeats'),
    postsWaiting: gauge('posts_waiting', 'Posts that wait for the commit in progress'),
    commitBegan: gauge(
      'commit_began_timestamp_seconds',
      'When the commit of posts in progress began; 0 when there is none',
    ),
    searchUnindexed: gauge(
      'search_unindexed',
      'Messages from before the index that are still to be indexed',
    ),
    digestMismatches: counter(
      'digest_mismatches_total',
      'Times a client held other messages than the server, and loaded them again',
    ),
  }
}

function publishingMetrics({ counter, gauge }: Create) {
  return {
    eventsPublished: counter('events_published_total', 'Events that the broker accepted'),
    eventsReplaced: counter(
      'events_replaced_total',
      'Events that the broker refused permanently, published as their revision',
    ),
    hintsPublished: counter('hints_published_total', 'Hints that the broker accepted'),
    hintsLeftOut: counter(
      'hints_left_out_total',
      'Hints that were not published: there was no time, or the broker refused them permanently',
    ),
    consumerFailures: counter(
      'consumer_failures_total',
      'Failures that a consumer of the log retries, in the database or in its own work',
      ['consumer', 'step'],
    ),
    logLooksFailed: counter(
      'log_looks_failed_total',
      'Times that the lag of the consumers could not be read',
    ),
    logWaiting: gauge('log_waiting', 'Events that a consumer of the log has not read yet', [
      'consumer',
    ]),
    logOldestSeconds: gauge('log_oldest_seconds', 'For how long the oldest of them has waited', [
      'consumer',
    ]),
  }
}

function revocationMetrics({ gauge }: Create) {
  return {
    revocationWaiting: gauge('revocation_waiting', 'Revocation steps not done yet at a vendor'),
    revocationOldestSeconds: gauge('revocation_oldest_seconds', 'For how long the oldest has'),
    lurkers: gauge('lurkers', 'Channels of an earlier epoch, subscribed to for over a minute'),
  }
}
