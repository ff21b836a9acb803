import type { Me } from '@conclave/shared/people'
import { useAdminPeople } from '../features/admin/admin.queries.ts'
import { AdminPeople } from '../features/admin/AdminPeople.tsx'
import { useMe, usePeople } from '../features/people/people.queries.ts'
import { PeopleList } from '../features/people/PeopleList.tsx'
import { errorMessage } from '../server/problem-message.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Problem.tsx'
import { RowsSkeleton } from '../ui/RowsSkeleton.tsx'
import { Page } from './Page.tsx'
import { requestIdOf } from './request-id.ts'

/** Everybody in the team; for owners and admins also their access and roles. */
export function PeoplePage() {
  const { me } = useMe()
  return (
    <Page title="People">
      {me && (me.role === 'member' ? <Colleagues me={me} /> : <Administered me={me} />)}
    </Page>
  )
}

function Colleagues({ me }: { me: Me }) {
  const { people, isLoading } = usePeople()
  if (isLoading) return <RowsSkeleton label="Loading the people" />
  return <PeopleList people={people} myId={me.id} />
}

function Administered({ me }: { me: Me }) {
  const { people, error, refetch } = useAdminPeople()
  if (people) return <AdminPeople people={people} me={me} />
  if (!error) return <RowsSkeleton label="Loading the people" />
  return (
    <Problem
      title="The people could not be loaded"
      detail={errorMessage(error)}
      requestId={requestIdOf(error)}
    >
      <Button onClick={refetch}>Try again</Button>
    </Problem>
  )
}
