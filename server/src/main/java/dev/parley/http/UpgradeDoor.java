package dev.parley.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import java.net.InetAddress;
import java.util.Optional;

/** Takes over a channel whose client asks for a WebSocket. */
public interface UpgradeDoor {
  boolean knows(String path);

  /**
   * @param request the handshake, already past the guard; the callee does not release it
   * @param token the bearer token or session cookie, if any came along
   */
  void upgrade(
      ChannelHandlerContext context,
      FullHttpRequest request,
      String path,
      InetAddress client,
      Optional<String> token);
}
