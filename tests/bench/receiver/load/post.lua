-- Posts prepared requests one after the other; prints one line, "result ", and JSON.
-- arguments: FILE OFFSET COUNT HEADER [PAUSE]
--   FILE    one request a line: the value of HEADER, a blank, the body
--   OFFSET  byte in FILE that the first line begins at
--   COUNT   lines to use; they come round again when they are used up
--   HEADER  request header that proves where the request comes from
--   PAUSE   milliseconds between a connection's answer and its next request; none by default
-- One thread only: each would begin at the first line.

local requests = {}
local at = 0

function init(args)
  local file = assert(io.open(args[1], "r"))
  local count, header, pause = tonumber(args[3]), args[4], tonumber(args[5])
  file:seek("set", tonumber(args[2]))
  for line in file:lines() do
    local value, body = line:match("^(%S+) (.*)$")
    requests[#requests + 1] = wrk.format("POST", nil, {
      [header] = value,
      ["Content-Type"] = "application/json; charset=utf-8",
      ["User-Agent"] = "LineBotWebhook/2.0",
    }, body)
    if #requests == count then break end
  end
  file:close()
  if pause then
    function delay() return pause end
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency, _)
  local errors = summary.errors
  print(string.format(
    'result {"requests":%d,"seconds":%.6f,"refused":%d,"failed":%d,"p50Ms":%.3f,"p99Ms":%.3f}',
    summary.requests, summary.duration / 1e6, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
