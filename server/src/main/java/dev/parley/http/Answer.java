package dev.parley.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a request is answered with. */
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
  public static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  public static Answer json(int status, byte[] body) {
    return new Answer(status, JSON, body, Map.of());
  }

  public static Answer html(byte[] body) {
    return new Answer(200, "text/html; charset=utf-8", body, Map.of());
  }

  public static Answer text(int status, String body) {
    return new Answer(
        status,
        "text/plain; charset=utf-8",
        body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        Map.of());
  }

  public static Answer empty(int status) {
    return new Answer(status, "", new byte[0], Map.of());
  }

  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, body, more);
  }

  FullHttpResponse asResponse() {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
    if (!contentType.isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    }
    headers.forEach(response.headers()::set);
    if (status != 304 && status != 204) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    }
    return response;
  }
}
