/* One WebSocket connection of the generator: raw socket, upgrade, frames in, prebuilt frames out. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frames.h"
#include "options.h"

enum state { CLOSED, UPGRADING, GREETING, READY };

struct connection {
  int fd;
  enum state state;
  int greetings_left;   /* messages until READY */
  bool is_checked;      /* whether a first reply has come and is as it should be */
  size_t next_call;     /* place in the ring of calls */
  uint8_t *left;        /* bytes of a frame that has not come whole */
  size_t left_bytes;
  uint64_t *sent_at_ns; /* open loop only: when the calls in flight were due, oldest at sent_head */
  uint32_t sent_head, sent_tail;
};

/* A whole data message; not NUL-terminated. */
typedef void on_message(struct connection *, const uint8_t *payload, size_t bytes);

/* Begins to connect and watches the socket in `epoll`. */
void connection_open(struct connection *, const struct options *, int epoll);
/* Drops the connection with a reset, which leaves no TIME_WAIT behind. */
void connection_drop(struct connection *);
/* Reads what is there, answers WebSocket pings, and tells of each message. Exits when the server hung up. */
void connection_read(struct connection *, on_message *);
/* Sends `count` frames of a ring from `from` on, in one write where they lie together. */
void connection_send(struct connection *, const struct frames *, size_t from, size_t count);
