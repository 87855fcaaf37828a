#define _GNU_SOURCE
#include "connection.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char *what) {
  fprintf(stderr, "generate: %s\n", what);
  exit(1);
}

/* Blocks while the socket's buffer is full: a server that does not read holds its generator up, not its memory. */
static void write_all(int fd, const void *bytes, size_t count) {
  for (const char *at = bytes; count > 0;) {
    ssize_t written = send(fd, at, count, MSG_NOSIGNAL);
    if (written < 0 && errno == EAGAIN) {
      struct pollfd wait = {.fd = fd, .events = POLLOUT};
      poll(&wait, 1, 1000);
    } else if (written < 0) {
      fail("the server reset a connection");
    } else {
      at += written;
      count -= (size_t)written;
    }
  }
}

void connection_open(struct connection *c, const struct options *options, int epoll) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options->port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (c->fd < 0) fail("no more sockets: raise `ulimit -n`");
  if (connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0) fail("the server does not accept");
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
  setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &(struct linger){.l_onoff = 1}, sizeof(struct linger));

  char request[1024];
  int bytes = snprintf(request, sizeof request,
                       "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s%s%s\r\n",
                       options->path, options->port, options->subprotocol ? "Sec-WebSocket-Protocol: " : "",
                       options->subprotocol ? options->subprotocol : "", options->subprotocol ? "\r\n" : "");
  c->state = UPGRADING;
  c->left_bytes = 0;
  c->sent_head = c->sent_tail = 0;
  write_all(c->fd, request, (size_t)bytes);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event);
}

void connection_drop(struct connection *c) {
  close(c->fd);
  c->state = CLOSED;
}

void connection_send(struct connection *c, const struct frames *ring, size_t from, size_t count) {
  while (count > 0) {
    size_t first = from % ring->count;
    size_t run = ring->count - first < count ? ring->count - first : count;
    write_all(c->fd, ring->bytes + ring->offsets[first], ring->offsets[first + run] - ring->offsets[first]);
    from += run;
    count -= run;
  }
}

/* A pong with the ping's payload, under a mask of zeros. RFC 6455 §5.5.3. */
static void pong(struct connection *c, const uint8_t *payload, size_t bytes) {
  uint8_t frame[6 + 125] = {0x8a, (uint8_t)(0x80 | bytes)};
  memcpy(frame + 6, payload, bytes);
  write_all(c->fd, frame, 6 + bytes);
}

/* Takes one whole frame off the front; returns its bytes, or 0 when it has not come whole. RFC 6455 §5.2. */
static size_t take_frame(struct connection *c, const uint8_t *at, size_t have, on_message *told) {
  if (have < 2) return 0;
  size_t header = 2, length = at[1] & 0x7f;
  if (length == 126) header = 4;
  if (length == 127) header = 10;
  if (have < header) return 0;
  if (header > 2) {
    length = 0;
    for (size_t i = 2; i < header; i++) length = length << 8 | at[i];
  }
  if (have < header + length) return 0;
  uint8_t opcode = at[0] & 0x0f;
  bool is_final = at[0] & 0x80;
  if (opcode == 0x8) fail("the server closed a connection");
  if (opcode == 0x9) pong(c, at + header, length);
  if (opcode < 0x8 && is_final) told(c, at + header, length);
  return header + length;
}

/* Takes the upgrade's answer off the front; returns its bytes, or 0 when it has not come whole. */
static size_t take_upgrade(struct connection *c, const uint8_t *at, size_t have) {
  const uint8_t *end = memmem(at, have, "\r\n\r\n", 4);
  if (end == NULL) return 0;
  if (memcmp(at, "HTTP/1.1 101", 12) != 0) fail("the server refused the upgrade");
  c->state = GREETING;
  return (size_t)(end - at) + 4;
}

void connection_read(struct connection *c, on_message *told) {
  static uint8_t buffer[1 << 20];
  memcpy(buffer, c->left, c->left_bytes);
  ssize_t came = recv(c->fd, buffer + c->left_bytes, sizeof buffer - c->left_bytes, MSG_DONTWAIT);
  if (came < 0 && errno == EAGAIN) return;
  if (came <= 0) fail("the server dropped a connection");

  size_t have = c->left_bytes + (size_t)came, at = 0;
  if (c->state == UPGRADING) {
    at = take_upgrade(c, buffer, have);
    if (at > 0) told(c, NULL, 0);
  }
  if (c->state != UPGRADING)
    for (size_t taken; (taken = take_frame(c, buffer + at, have - at, told)) > 0;) at += taken;

  c->left_bytes = have - at;
  if (c->left_bytes > 0) c->left = realloc(c->left, c->left_bytes);
  memcpy(c->left, buffer + at, c->left_bytes);
}
