-- ARGV: number; or nothing, a context and a moment, for a session of it that has expired by then.
local number = ARGV[1]
if number == '' then
    local expiries = prefix .. 'expiries:' .. ARGV[2]
    for _ = 1, 1000 do
        local due = redis.call('ZRANGEBYSCORE', expiries, '-inf', ARGV[3], 'LIMIT', 0, 1)[1]
        if not due then return false end
        if redis.call('EXISTS', prefix .. 'session:' .. due) == 1 then
            number = due
            break
        end
        redis.call('ZREM', expiries, due) -- Redis was first
    end
    if number == '' then return false end
end
local session = prefix .. 'session:' .. number
local meta = redis.call('HMGET', session, 'version', 'created', 'accessed', 'touched', 'max', 'context', 'id')
if not meta[1] then return false end
local versions, values = attributes(number, 0)
redis.call('DEL', id_key(meta[6], meta[7]), session, prefix .. 'values:' .. number)
redis.call('ZREM', prefix .. 'expiries:' .. meta[6], number)
return {number, meta[1], meta[2], meta[3], meta[4], meta[5], versions or {}, values or {}, meta[7]}
