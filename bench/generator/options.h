/* What one run of the generator does. Everything is off until asked for, and what is asked for happens together. */
#pragma once
#include <stddef.h>

struct options {
  int port;
  const char *path;        /* of the upgrade request, with its query */
  const char *subprotocol; /* NULL for none */
  int connections;

  const char *hello_file;  /* frames that each connection sends once it is open */
  int hello_replies;       /* messages to wait for before a connection is ready */
  const char *ping_text;   /* a message that must be answered with the first frame of pong_file */
  const char *pong_file;

  const char *reply_mark;  /* text that each connection's first reply must hold: the job is done, not refused */
  const char *calls_file;  /* requests, sent in a ring; no two in flight may share an id */
  int in_flight;           /* closed loop: requests a connection keeps in flight */
  double calls_per_second; /* open loop: requests over all connections, at random times and on random connections */

  const char *trigger_file; /* a request on a connection of its own that makes the server push to everybody */
  int trigger_ms;           /* time between triggers; 0: the next follows when half of the pushes have come */
  int pushes_per_trigger;   /* messages that one trigger brings each connection */
  const char *push_mark;    /* text that tells a push from a reply */

  const char *heartbeat_file; /* sent on each connection every heartbeat_ms, spread evenly */
  int heartbeat_ms;
  int reconnects_per_second; /* connections dropped and opened again */
};

/* Reads `--name value` pairs; exits on one it does not know. */
struct options options_parse(int count, char **words);
