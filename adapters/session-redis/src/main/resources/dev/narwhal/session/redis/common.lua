-- What all scripts begin with. KEYS[1]: what the names of all keys begin with. The keys:
--   id:CONTEXT ID       the session's number
--   session:NUMBER      context, id, created, accessed, touched, max, version; @NAME is the version of an attribute
--   values:NUMBER       NAME is an attribute's bytes
--   expiries:CONTEXT    the numbers of all sessions by the moment when they expire
--   contexts            those that have expiries
--   leader              who ends expired sessions
-- Numbers and versions are text here: they have more digits than Lua writes by itself.
local prefix = KEYS[1]

-- Redis removes what nobody has ended for so long after it expired, in milliseconds.
local GRACE = 3600000

local function whole(number)
    return string.format('%.0f', number)
end

local function id_key(context, id)
    return prefix .. 'id:' .. context .. ' ' .. id
end

-- Greater than the one given and, by the clock, than what another Redis gave before its last writes were lost.
local function next_version(version)
    local clock = redis.call('TIME')
    return whole(math.max(tonumber(version) + 1, clock[1] * 1000000 + clock[2]))
end

-- Notes when a session expires, for the one who ends it and for Redis.
local function keep(number, context, id, touched, max)
    local limited = tonumber(max) > 0
    redis.call('ZADD', prefix .. 'expiries:' .. context,
        limited and whole(tonumber(touched) + tonumber(max) * 1000) or '+inf', number)
    for _, key in ipairs({id_key(context, id), prefix .. 'session:' .. number, prefix .. 'values:' .. number}) do
        if limited then
            redis.call('PEXPIRE', key, whole(tonumber(max) * 1000 + GRACE))
        else
            redis.call('PERSIST', key)
        end
    end
end

-- The names and versions of all attributes, and the names and bytes of those that are newer than a version; nothing if bytes are missing.
local function attributes(number, from)
    local versions, values = {}, {}
    local fields = redis.call('HGETALL', prefix .. 'session:' .. number)
    for i = 1, #fields, 2 do
        if string.sub(fields[i], 1, 1) == '@' then
            local name = string.sub(fields[i], 2)
            versions[#versions + 1] = name
            versions[#versions + 1] = fields[i + 1]
            if tonumber(fields[i + 1]) > from then
                local value = redis.call('HGET', prefix .. 'values:' .. number, name)
                if not value then return nil end
                values[#values + 1] = name
                values[#values + 1] = value
            end
        end
    end
    return versions, values
end

