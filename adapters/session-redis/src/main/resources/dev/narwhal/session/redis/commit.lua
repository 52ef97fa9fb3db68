-- KEYS: session. ARGV: prefix, number, accessed, touched, max or nothing, grace in ms, then of each attribute name, '+' or '-', value.
local prefix, number = ARGV[1], ARGV[2]
local h = redis.call('HMGET', KEYS[1], 'version', 'accessed', 'touched', 'max', 'context', 'key')
if not h[1] then return false end
local accessed = tonumber(ARGV[3]) > tonumber(h[2]) and ARGV[3] or h[2]
local touched = tonumber(ARGV[4]) > tonumber(h[3]) and ARGV[4] or h[3]
local max = ARGV[5] ~= '' and ARGV[5] or h[4]
local version = h[1]
if #ARGV > 6 then
    local clock = redis.call('TIME')
    version = string.format('%.0f', math.max(tonumber(version) + 1, clock[1] * 1000000 + clock[2]))
    for i = 7, #ARGV, 3 do
        if ARGV[i + 1] == '+' then
            redis.call('HSET', prefix .. 'v:' .. number, ARGV[i], version)
            redis.call('HSET', prefix .. 'a:' .. number, ARGV[i], ARGV[i + 2])
        else
            redis.call('HDEL', prefix .. 'v:' .. number, ARGV[i])
            redis.call('HDEL', prefix .. 'a:' .. number, ARGV[i])
        end
    end
end
redis.call('HSET', KEYS[1], 'version', version, 'accessed', accessed, 'touched', touched, 'max', max)
local limited = tonumber(max) > 0
local expiry = limited and string.format('%.0f', tonumber(touched) + tonumber(max) * 1000) or '+inf'
redis.call('ZADD', prefix .. 'e:' .. h[5], expiry, number)
for _, key in ipairs({h[6], KEYS[1], prefix .. 'v:' .. number, prefix .. 'a:' .. number}) do
    if limited then
        redis.call('PEXPIRE', key, string.format('%.0f', tonumber(max) * 1000 + tonumber(ARGV[6])))
    else
        redis.call('PERSIST', key)
    end
end
return {h[1], version}
