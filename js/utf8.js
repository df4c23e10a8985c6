// UTF-8 where the engine does not bring it (Edge 16-18, IE 11): as much of TextDecoder and TextEncoder as the core's glue
// needs. What comes from the core is valid UTF-8, so decoding does not check it.

// Few enough for the arguments of one call.
const CHUNK = 8192;

class Decoder {
  decode(bytes) {
    let text = '';
    const end = bytes ? bytes.length : 0;
    for (let at = 0; at < end; ) {
      const units = [];
      while (at < end && units.length < CHUNK) {
        const byte = bytes[at++];
        if (byte < 0x80) {
          units.push(byte);
        } else if (byte < 0xe0) {
          units.push(((byte & 0x1f) << 6) | (bytes[at++] & 0x3f));
        } else if (byte < 0xf0) {
          units.push(((byte & 0x0f) << 12) | ((bytes[at++] & 0x3f) << 6) | (bytes[at++] & 0x3f));
        } else {
          const point = ((byte & 0x07) << 18) | ((bytes[at++] & 0x3f) << 12) | ((bytes[at++] & 0x3f) << 6) | (bytes[at++] & 0x3f);
          units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
        }
      }
      text += String.fromCharCode.apply(null, units);
    }
    return text;
  }
}

class Encoder {
  /** The view has room for all of the text. */
  encodeInto(text, view) {
    let written = 0;
    for (let at = 0; at < text.length; at += 1) {
      let point = text.charCodeAt(at);
      if (point >= 0xd800 && point < 0xe000) {
        const low = text.charCodeAt(at + 1);
        if (point < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
          at += 1;
          point = ((point - 0xd7c0) << 10) | (low & 0x3ff);
        } else {
          point = 0xfffd;
        }
      }
      if (point < 0x80) {
        view[written++] = point;
      } else {
        if (point < 0x800) {
          view[written++] = 0xc0 | (point >> 6);
        } else {
          if (point < 0x10000) {
            view[written++] = 0xe0 | (point >> 12);
          } else {
            view[written++] = 0xf0 | (point >> 18);
            view[written++] = 0x80 | ((point >> 12) & 0x3f);
          }
          view[written++] = 0x80 | ((point >> 6) & 0x3f);
        }
        view[written++] = 0x80 | (point & 0x3f);
      }
    }
    return { read: text.length, written };
  }
}

const DecoderHere = typeof TextDecoder === 'function' ? TextDecoder : Decoder;
// The first ones could not write into a view.
const EncoderHere = typeof TextEncoder === 'function' && TextEncoder.prototype.encodeInto ? TextEncoder : Encoder;
export { DecoderHere as TextDecoder, EncoderHere as TextEncoder };
