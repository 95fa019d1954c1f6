package dev.parley.socket;

import dev.parley.delivery.Deflation;
import dev.parley.delivery.Form;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.util.Optional;

/** A request to open a socket, and what is negotiated with it. */
final class Handshake {
  /** Its clients take several notifications in one frame. */
  static final String PARLEY = "parley.v1";

  private final Dialects.Choice choice;
  private final WebSocketServerHandshaker handshaker;
  private final Optional<String> compression;
  private final Optional<Deflation> deflation;

  private Handshake(
      Dialects.Choice choice, Optional<String> compression, Optional<Deflation> deflation) {
    this.choice = choice;
    this.handshaker =
        new WebSocketServerHandshaker13(
            "/", choice.subprotocol().orElse(null), decoder(compression.isPresent()));
    this.compression = compression;
    this.deflation = deflation;
  }

  /** Empty if the client speaks another version of RFC 6455. */
  static Optional<Handshake> of(
      FullHttpRequest request, Dialects.Choice choice, Optional<Deflation> deflation) {
    HttpHeaders headers = request.headers();
    String version = headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "");
    return version.equals(WebSocketVersion.V13.toHttpHeaderValue())
        ? Optional.of(new Handshake(choice, taken(headers, deflation.isPresent()), deflation))
        : Optional.empty();
  }

  private static Optional<String> taken(HttpHeaders headers, boolean compresses) {
    return compresses
        ? Offers.answer(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS))
        : Optional.empty();
  }

  private static WebSocketDecoderConfig decoder(boolean compressed) {
    return WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(SocketDoor.MAX_MESSAGE)
        .allowExtensions(compressed)
        .closeOnProtocolViolation(false)
        .build();
  }

  ChannelFuture answer(Channel channel, FullHttpRequest request) {
    HttpHeaders headers = new DefaultHttpHeaders();
    compression.ifPresent(taken -> headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, taken));
    return handshaker.handshake(channel, request, headers, channel.newPromise());
  }

  /** What is spoken from then on. */
  Dialect.Speaker speaker() {
    return choice.speaker();
  }

  /** Whether either side may compress. */
  boolean isCompressed() {
    return compression.isPresent();
  }

  /** How frames to this socket are made. */
  Form form() {
    return new Form(
        choice.subprotocol().filter(PARLEY::equals).isPresent(),
        deflation.filter(ours -> isCompressed()));
  }
}
