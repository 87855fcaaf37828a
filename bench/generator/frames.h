/* Client frames that were built, masked and laid end to end before the run (../wire/frames.ts writes them). */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct frames {
  uint8_t *bytes;
  size_t *offsets; /* count + 1 of them: frame i is bytes[offsets[i]] up to offsets[i + 1] */
  size_t count;
};

/* Reads a file of frames; exits when it cannot. No frames without a path. RFC 6455 §5.2. */
struct frames frames_load(const char *path);
