/*
 * Load on a WebSocket server from one thread that costs less than any server: raw sockets, epoll, prebuilt frames.
 *
 * Prints `{"event":"ready"}` when every connection is. Then reads commands from stdin, one a line: `start` begins the
 * load, `mark` prints what was counted since the last mark and counts anew, the end of stdin ends the run.
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "connection.h"

enum { CONNECTING_AT_ONCE = 64, EVENTS_AT_ONCE = 512, SENT_RING = 64, MAX_LATENCY_US = 1 << 21 };

static struct options options;
static struct frames hello, calls, trigger, heartbeat, server_pong;
static struct connection *connections, *trigger_connection;
static int epoll, total, opened, ready_count;
static bool is_started;
static size_t push_mark_bytes, ping_text_bytes;

static struct counted {
  uint64_t replies, pushes, skipped; /* skipped: calls of the open loop that found their connection's ring full */
  uint32_t latency_us[MAX_LATENCY_US];
} counted;

static size_t replies_read; /* by the read that is going on */
static uint64_t pushes_left; /* until the next trigger */
static uint64_t next_call_ns, next_heartbeat_ns, next_trigger_ns, next_reconnect_ns;
static size_t heartbeat_cursor;

static uint64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* xorshift64: the same load every run. */
static uint64_t random_bits(void) {
  static uint64_t state = 88172645463325252u;
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

static struct connection *random_ready(void) {
  struct connection *c;
  do c = &connections[random_bits() % (uint64_t)options.connections];
  while (c->state != READY);
  return c;
}

static void send_calls(struct connection *c, size_t count) {
  connection_send(c, &calls, c->next_call, count);
  c->next_call += count;
}

static uint64_t pushes_of_trigger(void) { return (uint64_t)options.pushes_per_trigger * (uint64_t)options.connections; }

static void pull_trigger(void) {
  pushes_left = pushes_of_trigger();
  connection_send(trigger_connection, &trigger, trigger_connection->next_call++, 1);
}

/* Keeps a fixed number of connections on their way until all are open. */
static void open_more(void) {
  while (opened < total && opened - ready_count < CONNECTING_AT_ONCE)
    connection_open(&connections[opened++], &options, epoll);
}

static void now_ready(struct connection *c) {
  c->state = READY;
  if (ready_count == total) return; /* a reconnect */
  ready_count++;
  open_more();
  if (ready_count < total) return;
  puts("{\"event\":\"ready\"}");
  fflush(stdout);
}

static void greet(struct connection *c) {
  c->greetings_left = options.hello_replies;
  connection_send(c, &hello, 0, hello.count);
  if (c->greetings_left == 0) now_ready(c);
}

static void count_latency(struct connection *c) {
  uint64_t us = (now_ns() - c->sent_at_ns[c->sent_head++ % SENT_RING]) / 1000;
  counted.latency_us[us < MAX_LATENCY_US ? us : MAX_LATENCY_US - 1]++;
}

static void check_first_reply(struct connection *c, const uint8_t *payload, size_t bytes) {
  c->is_checked = true;
  if (options.reply_mark == NULL || memmem(payload, bytes, options.reply_mark, strlen(options.reply_mark))) return;
  fprintf(stderr, "generate: not the reply that was asked for: %.*s\n", (int)(bytes < 500 ? bytes : 500), payload);
  exit(1);
}

static void received(struct connection *c, const uint8_t *payload, size_t bytes) {
  if (payload == NULL) return greet(c);
  if (ping_text_bytes > 0 && bytes == ping_text_bytes && memcmp(payload, options.ping_text, bytes) == 0)
    return connection_send(c, &server_pong, 0, 1);
  if (c->state == GREETING) {
    if (--c->greetings_left == 0) now_ready(c);
    return;
  }
  if (c == trigger_connection) return;
  if (push_mark_bytes > 0 && memmem(payload, bytes, options.push_mark, push_mark_bytes) != NULL) {
    counted.pushes++;
    if (--pushes_left == 0 && options.trigger_ms == 0) pull_trigger();
    return;
  }
  if (!c->is_checked) check_first_reply(c, payload, bytes);
  counted.replies++;
  replies_read++;
  if (c->sent_head != c->sent_tail) count_latency(c);
}

static void readable(struct connection *c) {
  replies_read = 0;
  connection_read(c, received);
  if (replies_read > 0 && options.in_flight > 0) send_calls(c, replies_read);
}

static void call_at_random(uint64_t due_ns) {
  struct connection *c = random_ready();
  if (c->sent_tail - c->sent_head == SENT_RING) {
    counted.skipped++;
    return;
  }
  c->sent_at_ns[c->sent_tail++ % SENT_RING] = due_ns; /* when it was due, not when it left: nothing is omitted */
  send_calls(c, 1);
}

static void reconnect(void) {
  struct connection *c = random_ready();
  connection_drop(c);
  connection_open(c, &options, epoll);
}

static void heartbeat_next(void) {
  struct connection *c = &connections[heartbeat_cursor++ % (size_t)options.connections];
  if (c->state == READY) connection_send(c, &heartbeat, 0, 1);
}

/* Does what is due; returns how long epoll may sleep, in ms. The open loop never sleeps: a wake-up costs its latency. */
static int run_timers(void) {
  if (!is_started) return -1;
  uint64_t now = now_ns();
  if (options.calls_per_second > 0) {
    for (; next_call_ns <= now; next_call_ns += (uint64_t)(-log(((double)(random_bits() >> 11) + 1) / 9007199254740993.0) *
                                                           1e9 / options.calls_per_second))
      call_at_random(next_call_ns);
  }
  if (options.heartbeat_ms > 0 && heartbeat.count > 0)
    for (; next_heartbeat_ns <= now;
         next_heartbeat_ns += (uint64_t)options.heartbeat_ms * 1000000u / (uint64_t)options.connections)
      heartbeat_next();
  if (options.trigger_ms > 0)
    for (; next_trigger_ns <= now; next_trigger_ns += (uint64_t)options.trigger_ms * 1000000u) pull_trigger();
  if (options.reconnects_per_second > 0)
    for (; next_reconnect_ns <= now; next_reconnect_ns += 1000000000u / (uint64_t)options.reconnects_per_second)
      reconnect();
  if (options.calls_per_second > 0) return 0;
  return options.heartbeat_ms > 0 || options.trigger_ms > 0 || options.reconnects_per_second > 0 ? 1 : -1;
}

static void start(void) {
  is_started = true;
  next_call_ns = next_heartbeat_ns = next_trigger_ns = next_reconnect_ns = now_ns();
  for (int i = 0; i < options.connections && options.in_flight > 0; i++)
    send_calls(&connections[i], (size_t)options.in_flight);
  if (trigger.count == 0 || options.trigger_ms > 0) return;
  pull_trigger();
  /* Each trigger leaves when half of the pushes before it have come: the server is amid its writes, so that it never
   * waits and two triggers never share a loop turn. */
  pushes_left = pushes_of_trigger() / 2;
}

static uint32_t percentile_us(double share, uint64_t samples) {
  uint64_t wanted = (uint64_t)ceil(share * (double)samples), seen = 0;
  for (uint32_t us = 0; us < MAX_LATENCY_US; us++)
    if ((seen += counted.latency_us[us]) >= wanted && seen > 0) return us;
  return 0;
}

static void mark(void) {
  uint64_t samples = 0;
  for (uint32_t us = 0; us < MAX_LATENCY_US; us++) samples += counted.latency_us[us];
  printf("{\"event\":\"mark\",\"replies\":%lu,\"pushes\":%lu,\"skipped\":%lu,\"p50Us\":%u,\"p99Us\":%u,\"p999Us\":%u}\n",
         counted.replies, counted.pushes, counted.skipped, percentile_us(0.5, samples), percentile_us(0.99, samples),
         percentile_us(0.999, samples));
  fflush(stdout);
  memset(&counted, 0, sizeof counted);
}

static void obey(void) {
  char line[64];
  ssize_t bytes = read(STDIN_FILENO, line, sizeof line);
  if (bytes <= 0) exit(0);
  if (memmem(line, (size_t)bytes, "start", 5) != NULL) start();
  if (memmem(line, (size_t)bytes, "mark", 4) != NULL) mark();
}

static void prepare(void) {
  hello = frames_load(options.hello_file);
  calls = frames_load(options.calls_file);
  trigger = frames_load(options.trigger_file);
  heartbeat = frames_load(options.heartbeat_file);
  server_pong = frames_load(options.pong_file);
  push_mark_bytes = options.push_mark ? strlen(options.push_mark) : 0;
  ping_text_bytes = options.ping_text ? strlen(options.ping_text) : 0;
  total = options.connections + (trigger.count > 0 ? 1 : 0);
  connections = calloc((size_t)total, sizeof *connections);
  if (trigger.count > 0) trigger_connection = &connections[options.connections];
  for (int i = 0; i < options.connections && options.calls_per_second > 0; i++)
    connections[i].sent_at_ns = calloc(SENT_RING, sizeof(uint64_t));
}

int main(int count, char **words) {
  options = options_parse(count, words);
  prepare();
  epoll = epoll_create1(0);
  struct epoll_event input = {.events = EPOLLIN, .data.ptr = NULL}, events[EVENTS_AT_ONCE];
  epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input);
  open_more();
  for (;;) {
    int came = epoll_wait(epoll, events, EVENTS_AT_ONCE, run_timers());
    for (int i = 0; i < came; i++) {
      if (events[i].data.ptr == NULL) obey();
      else readable(events[i].data.ptr);
    }
  }
}
